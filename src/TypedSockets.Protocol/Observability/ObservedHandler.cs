using System.Diagnostics;
using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Protocol.Observability;

/// <summary>One handler at work.</summary>
internal readonly struct ObservedHandler(EventInstruments instruments, EventTags tags, TimingWheel wheel, Activity? activity, Activity? before)
{
    private readonly TimeSpan? _startedAt = instruments.DispatchDuration.Enabled ? wheel.Now : null;

    /// <summary>Null when nobody samples it.</summary>
    public Activity? Activity => activity;

    /// <summary>The handler has returned, finished or not: whoever called it goes on with what was current before.</summary>
    public void Leave()
    {
        if (activity is not null || before is not null)
        {
            Activity.Current = before;
        }
    }

    /// <summary>The handler has finished, and its answer has been sent.</summary>
    public void End()
    {
        if (_startedAt is { } startedAt)
        {
            instruments.DispatchDuration.Record((wheel.Now - startedAt).TotalSeconds, tags.Method);
        }

        activity?.StopElsewhere();
    }
}
