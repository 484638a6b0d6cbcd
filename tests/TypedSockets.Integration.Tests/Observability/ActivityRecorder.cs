using System.Diagnostics;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>Writes down the activities of one trace, whose beginning is <see cref="Root"/>; activities are the process's, and other tests have theirs.</summary>
internal sealed class ActivityRecorder : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);
    private static readonly ActivitySource s_tests = new("TypedSockets.Integration.Tests");

    private readonly Lock _gate = new();
    private readonly ActivityListener _listener;
    private readonly List<Activity> _stopped = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ActivityRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "TypedSockets" or "TypedSockets.Integration.Tests",
            Sample = static (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = OnStopped,
        };
        ActivitySource.AddActivityListener(_listener);
        Activity.Current = null;
        Root = s_tests.StartActivity("root")!;
        Root.TraceStateString = "tests=1";
    }

    public Activity Root { get; }

    /// <summary>Returns the activity of a kind and name when it has stopped.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="name">Its name.</param>
    /// <param name="parent">Its parent; null for one that belongs to no caller.</param>
    public async Task<Activity> NextAsync(ActivityKind kind, string name, Activity? parent)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                var index = _stopped.FindIndex(activity => activity.Kind == kind && activity.DisplayName == name
                    && (parent is null ? activity.ParentId is null : activity.TraceId == parent.TraceId && activity.ParentSpanId == parent.SpanId));
                if (index >= 0)
                {
                    var found = _stopped[index];
                    _stopped.RemoveAt(index);
                    return found;
                }

                changed = _changed.Task;
            }

            await changed.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Whether an activity of the name has stopped that nobody has asked for.</summary>
    public bool HasStopped(string name)
    {
        lock (_gate)
        {
            return _stopped.Exists(activity => activity.DisplayName == name && activity.TraceId == Root.TraceId);
        }
    }

    public void Dispose()
    {
        Root.Dispose();
        _listener.Dispose();
    }

    private void OnStopped(Activity activity)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            _stopped.Add(activity);
            (changed, _changed) = (_changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        changed.SetResult();
    }
}
