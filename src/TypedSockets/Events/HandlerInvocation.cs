namespace TypedSockets.Events;

/// <summary>An event on its way to a handler without a result.</summary>
internal sealed class HandlerInvocation(EventCall call, object?[] arguments, Func<object?[], EventCall, ValueTask> handler)
    : EventInvocation(call.EventId, arguments, call.ExpectsAnswer)
{
    public override CancellationToken CancellationToken => call.CancellationToken;

    public override ValueTask InvokeAsync() => handler(arguments, call);
}

/// <summary>An event on its way to a handler with a result.</summary>
internal sealed class HandlerInvocation<TResult>(EventCall call, object?[] arguments, Func<object?[], EventCall, ValueTask<TResult>> handler)
    : EventInvocation<TResult>(call.EventId, arguments, call.ExpectsAnswer)
{
    public override CancellationToken CancellationToken => call.CancellationToken;

    protected override ValueTask<TResult> GetResultAsync() => handler(arguments, call);
}
