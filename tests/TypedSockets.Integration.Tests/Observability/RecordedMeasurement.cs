namespace TypedSockets.Integration.Tests.Observability;

/// <summary>One measurement.</summary>
internal sealed record RecordedMeasurement(string Instrument, double Value, KeyValuePair<string, object?>[] Tags)
{
    public bool HasAll(ReadOnlySpan<string> tags)
    {
        foreach (var tag in tags)
        {
            if (!Array.Exists(Tags, own => $"{own.Key}={own.Value}" == tag))
            {
                return false;
            }
        }

        return true;
    }
}
