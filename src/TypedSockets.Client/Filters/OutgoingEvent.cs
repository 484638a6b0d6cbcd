using System.Collections.ObjectModel;
using TypedSockets.Events;

namespace TypedSockets.Client.Filters;

/// <summary>An event without a result on its way to the server.</summary>
internal sealed class OutgoingEvent(int eventId, object?[] arguments, bool expectsAnswer, Func<ValueTask> send, CancellationToken cancellationToken)
    : EventInvocation(eventId, new ReadOnlyCollection<object?>(arguments), expectsAnswer)
{
    public override CancellationToken CancellationToken => cancellationToken;

    public override ValueTask InvokeAsync() => send();
}

/// <summary>An event with a result on its way to the server.</summary>
internal sealed class OutgoingEvent<TResult>(int eventId, object?[] arguments, Func<ValueTask<TResult>> send, CancellationToken cancellationToken)
    : EventInvocation<TResult>(eventId, new ReadOnlyCollection<object?>(arguments), expectsAnswer: true)
{
    public override CancellationToken CancellationToken => cancellationToken;

    protected override ValueTask<TResult> GetResultAsync() => send();
}
