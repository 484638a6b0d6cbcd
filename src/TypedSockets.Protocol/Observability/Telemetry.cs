using System.Diagnostics;

namespace TypedSockets.Protocol.Observability;

/// <summary>What both ends call what they measure and trace (docs/guides/observability.md). The names are OpenTelemetry's where it has one.</summary>
internal static class Telemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "TypedSockets";

    public const string System = "rpc.system.name";
    public const string SystemName = "typedsockets";
    public const string Method = "rpc.method";
    public const string ErrorType = "error.type";
    public const string StatusCode = "http.response.status_code";
    public const string Direction = "network.io.direction";
    public const string Transmit = "transmit";
    public const string Receive = "receive";
    public const string Contract = "typedsockets.contract";
    public const string Transport = "typedsockets.transport";
    public const string Codec = "typedsockets.codec";
    public const string Consumer = "typedsockets.consumer.state";
    public const string Outcome = "typedsockets.outcome";
    public const string Reason = "typedsockets.disconnect.reason";

    /// <summary>Stands for every event that no contract has: what a peer invents must not become the value of a tag.</summary>
    public const string Other = "_OTHER";

    public static string Version { get; } = typeof(Telemetry).Assembly.GetName().Version!.ToString(3); // Every assembly that the SDK builds has one.

    public static ActivitySource Source { get; } = new(Name, Version);
}
