using System.Diagnostics.Metrics;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>Keeps the meter of one test's clients apart from that of the others.</summary>
internal sealed class TestMeterFactory : IMeterFactory
{
    private readonly Dictionary<string, Meter> _meters = [];

    public Meter Create(MeterOptions options)
    {
        if (!_meters.TryGetValue(options.Name, out var meter))
        {
            options.Scope = this;
            _meters.Add(options.Name, meter = new Meter(options));
        }

        return meter;
    }

    public void Dispose()
    {
        foreach (var meter in _meters.Values)
        {
            meter.Dispose();
        }
    }
}
