using System.Diagnostics.Metrics;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>Writes down what the meters of one factory measure.</summary>
internal sealed class MetricRecorder : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly MeterListener _listener = new();
    private readonly List<RecordedMeasurement> _measurements = [];
    private readonly List<Instrument> _instruments = [];
    private TaskCompletionSource _measured = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MetricRecorder(IMeterFactory factory)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "TypedSockets" && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                _instruments.Add(instrument);
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.Start();
    }

    public IReadOnlyList<Instrument> Instruments => _instruments;

    public IReadOnlyList<RecordedMeasurement> Measurements
    {
        get
        {
            lock (_gate)
            {
                return [.. _measurements];
            }
        }
    }

    /// <summary>The sum of what an instrument measured with all of some tags, such as <c>rpc.method=IPlayServer.Say</c>.</summary>
    public double Sum(string instrument, params ReadOnlySpan<string> tags)
    {
        var sum = 0.0;
        foreach (var measurement in Measurements)
        {
            if (measurement.Instrument == instrument && measurement.HasAll(tags))
            {
                sum += measurement.Value;
            }
        }

        return sum;
    }

    /// <summary>How often an instrument measured something with all of some tags.</summary>
    public int Count(string instrument, params string[] tags) => Measurements.Count(one => one.Instrument == instrument && one.HasAll(tags));

    /// <summary>Reads what is counted when it is read, once and apart from what was measured before.</summary>
    public double Read(string instrument, params ReadOnlySpan<string> tags)
    {
        lock (_gate)
        {
            _measurements.RemoveAll(measurement => measurement.Instrument == instrument);
        }

        _listener.RecordObservableInstruments();
        return Sum(instrument, tags);
    }

    public void ReadAll() => _listener.RecordObservableInstruments();

    /// <summary>Completes when something is so, as what is measured says: this end measures after the other has its answer.</summary>
    public async Task WhenAsync(Func<bool> condition)
    {
        while (true)
        {
            Task measured;
            lock (_gate)
            {
                measured = _measured.Task;
            }

            if (condition())
            {
                return;
            }

            await measured.WaitAsync(s_patience, TestContext.Current.CancellationToken);
        }
    }

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        TaskCompletionSource measured;
        lock (_gate)
        {
            _measurements.Add(new RecordedMeasurement(instrument.Name, value, tags.ToArray()));
            (measured, _measured) = (_measured, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        measured.SetResult();
    }
}
