namespace TypedSockets;

/// <summary>The server did not let the client connect to a namespace.</summary>
/// <param name="Text">What the server said about it; null when it said nothing.</param>
public sealed record Unauthorized(string? Text = null) : DisconnectReason(DisconnectCode.Unauthorized, Initiator.Local)
{
    /// <inheritdoc/>
    public override bool AllowsReconnect => false;

    /// <summary>
    /// What else the server said: a value of the contract's <see cref="EventContractAttribute.Refusal"/>, such as <c>reason is Unauthorized { Data: ChatRefusal refusal }</c>. Null when it said
    /// nothing, the contract has no such type, or what was said cannot be read as it.
    /// </summary>
    public object? Data { get; init; }

    /// <inheritdoc/>
    public override string Description => Text is null ? "The server did not accept the client." : $"The server did not accept the client: {Text}";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => observer is Side.Client ? "connect_error" : "server namespace disconnect";
}
