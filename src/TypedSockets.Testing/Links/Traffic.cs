namespace TypedSockets.Testing;

/// <summary>Counts the ends that have something to hand on, so that a test can wait until everything that was sent has been. Safe for concurrent use.</summary>
internal sealed class Traffic
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _idle;
    private int _busy;

    /// <summary>An end has something to hand on.</summary>
    public void Begin()
    {
        lock (_gate)
        {
            _busy++;
        }
    }

    /// <summary>An end has handed on all it had.</summary>
    public void End()
    {
        TaskCompletionSource? idle = null;
        lock (_gate)
        {
            if (--_busy == 0)
            {
                (idle, _idle) = (_idle, null);
            }
        }

        idle?.SetResult();
    }

    /// <summary>Completes when no end has anything to hand on.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return _busy == 0 ? Task.CompletedTask : (_idle ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }
}
