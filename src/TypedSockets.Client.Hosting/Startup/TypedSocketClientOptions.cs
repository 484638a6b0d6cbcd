namespace TypedSockets.Client;

/// <summary>How a client of the host connects. Read once, when the host starts, and checked then.</summary>
public sealed class TypedSocketClientOptions
{
    /// <summary>The server, such as <c>https://chat.example</c>: http, https, ws or wss. A query is kept; the path is <see cref="TypedSocketOptions.Path"/>'s. Required.</summary>
    public string? Address { get; set; }

    /// <summary>What the client does when the host starts. Default <see cref="TypedSocketClientStart.Background"/>. When the host stops, it says goodbye in any case.</summary>
    public TypedSocketClientStart Start { get; set; }

    /// <summary>The client's own options, to be changed with <c>with</c>. Default as a <see cref="TypedSocket"/> without any.</summary>
    public TypedSocketOptions Socket { get; set; } = new();
}
