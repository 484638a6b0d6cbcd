using System.Diagnostics.Metrics;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Server.Observability;

/// <summary>The meter of one host, made by its own factory: what several hosts of a process measure does not mix.</summary>
internal sealed class ServerMetrics
{
    public ServerMetrics(IMeterFactory factory)
    {
        Meter = factory.Create(new MeterOptions(Telemetry.Name) { Version = Telemetry.Version });
        Events = new EventInstruments(Meter, Side.Server);
    }

    public Meter Meter { get; }

    public EventInstruments Events { get; }
}
