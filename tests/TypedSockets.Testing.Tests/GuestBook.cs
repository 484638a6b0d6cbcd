using System.Collections.Concurrent;

namespace TypedSockets.Testing.Tests;

/// <summary>What the hubs of one server have seen.</summary>
public sealed class GuestBook
{
    public ConcurrentQueue<string> Entries { get; } = [];

    /// <summary>Completed by a test: lets <see cref="IPartyServer.Finish"/> answer.</summary>
    public TaskCompletionSource Finishing { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when a handler waits.</summary>
    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the waiting handler was cancelled.</summary>
    public TaskCompletionSource Cancelled { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}
