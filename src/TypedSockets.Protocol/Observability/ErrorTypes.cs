using System.Collections.Frozen;
using System.Text.Json;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Observability;

/// <summary>The values of <c>error.type</c>: typed faults and reasons by their names in lower case, exceptions by their types. None holds anything that a peer wrote.</summary>
internal static class ErrorTypes
{
    public const string Timeout = "timeout";
    public const string Canceled = "canceled";
    public const string InvalidArguments = "invalid_arguments";
    public const string UnknownEvent = "unknown_event";

    private static readonly FrozenDictionary<DisconnectCode, string> s_reasons = Names<DisconnectCode>();
    private static readonly FrozenDictionary<RemoteFault, string> s_faults = Names<RemoteFault>();

    public static string Of(DisconnectReason reason) => s_reasons[reason.Code];

    // A peer may send a number that is no fault.
    public static string Of(RemoteFault fault) => s_faults.GetValueOrDefault(fault, Telemetry.Other);

    public static string Of(Exception exception) => exception switch
    {
        RemoteException remote => Of(remote.Fault),
        EventRefusedException refused => Of(refused.Fault),
        DisconnectedException disconnected => Of(disconnected.Reason),
        PacketException packet => Of(packet.Reason),
        TimeoutException => Timeout,
        OperationCanceledException => Canceled,
        _ => NameOf(exception.GetType()),
    };

    // Of a generic one without what it is made of, whose full name has the versions of assemblies in it.
    private static string NameOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName ?? type.Name;

    private static FrozenDictionary<T, string> Names<T>() where T : struct, Enum =>
        Enum.GetValues<T>().ToFrozenDictionary(static value => value, static value => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
}
