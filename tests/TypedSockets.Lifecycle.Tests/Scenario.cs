using TypedSockets.Client;
using TypedSockets.Server;

namespace TypedSockets.Lifecycle.Tests;

/// <summary>Something that happens to a session.</summary>
/// <param name="What">What is done, for the table.</param>
/// <param name="DoAsync">Does it. Completes when it is done, or earlier: what both ends see of it is awaited behind it.</param>
internal sealed record Scenario(string What, Func<Stage, Task> DoAsync)
{
    /// <summary>Who sees something: "–" stands in the table for an end that is dead, or that never had a session.</summary>
    public Sides SeenBy { get; init; } = Sides.Both;

    /// <summary>How far the client is before it happens.</summary>
    public Progress Before { get; init; } = Progress.Connected;

    /// <summary>The end that runs in a process of its own.</summary>
    public Sides InProcess { get; init; }

    public Way[] Ways { get; init; } = Tests.Ways.All;

    public Action<TypedSocketServerOptions> Server { get; init; } = _ => { };

    /// <summary>What the server serves beside.</summary>
    public Action<TypedSocketsBuilder> Serve { get; init; } = _ => { };

    public Action<TypedSocketServerOptions, Way> Prepare { get; init; } = (_, _) => { };

    public Func<TypedSocketOptions, TypedSocketOptions> Client { get; init; } = options => options;

    /// <summary>What the client opens beside the contract that is served.</summary>
    public Action<TypedSocket> Open { get; init; } = _ => { };

    /// <summary>Whether a warning or an error stands in the server's log afterwards.</summary>
    public bool TellsOperator { get; init; }
}

[Flags]
internal enum Sides
{
    None = 0,
    Client = 1,
    Server = 2,
    Both = Client | Server,
}

internal enum Progress
{
    /// <summary>It has not dialed.</summary>
    Nothing,

    /// <summary>The session is open, and no namespace.</summary>
    Opened,

    /// <summary>Its namespaces are open, and it has moved where it was to.</summary>
    Connected,
}
