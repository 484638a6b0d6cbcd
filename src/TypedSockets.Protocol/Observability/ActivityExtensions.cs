using System.Diagnostics;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Observability;

/// <summary>What activities say of an event beside its name.</summary>
internal static class ActivityExtensions
{
    public static string TagOf(TransportKind transport) => transport is TransportKind.WebSocket ? "websocket" : "polling";

    public static string TagOf(EventCodec codec) => codec is EventCodec.Ts1 ? "ts1" : "socket.io";

    public static void Describe(this Activity activity, IChannelHost host)
    {
        if (activity.IsAllDataRequested)
        {
            activity.SetTag(Telemetry.Transport, TagOf(host.TransportKind));
            activity.SetTag(Telemetry.Codec, TagOf(host.Codec));
        }
    }

    /// <summary>The event failed. Only the first failure counts.</summary>
    public static void Fail(this Activity activity, Exception exception)
    {
        if (activity.IsAllDataRequested && activity.Status is ActivityStatusCode.Unset)
        {
            activity.SetTag(Telemetry.ErrorType, ErrorTypes.Of(exception));
            activity.SetStatus(ActivityStatusCode.Error, exception.Message);
        }
    }

    /// <summary>Stops an activity that is not the current one, and leaves current what is: whoever stops it may be in the middle of something else.</summary>
    public static void StopElsewhere(this Activity activity)
    {
        var current = Activity.Current;
        activity.Stop();
        Activity.Current = current;
    }
}
