using System.Diagnostics;

namespace TypedSockets.Protocol.Observability;

/// <summary>A handler that has returned a stream, which is at work until the stream is at its end.</summary>
internal sealed class ObservedStream(ObservedHandler handler)
{
    /// <summary>Null when nobody samples it.</summary>
    public Activity? Activity => handler.Activity;

    /// <summary>The end of the stream has been sent.</summary>
    /// <param name="failure">What its source threw; null for nothing.</param>
    public void End(Exception? failure)
    {
        if (failure is not null)
        {
            handler.Activity?.Fail(failure);
        }

        handler.End();
    }
}
