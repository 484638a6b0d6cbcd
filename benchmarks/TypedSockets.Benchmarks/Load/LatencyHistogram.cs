using System.Numerics;

namespace TypedSockets.Benchmarks.Load;

/// <summary>Counts latencies in buckets that are at most 1.6 % wide, so that recording is a few instructions and allocates nothing.</summary>
internal sealed class LatencyHistogram
{
    private const int StepBits = 6;
    private const int Steps = 1 << StepBits;

    private readonly long[] _counts = new long[(64 - StepBits + 1) * Steps];

    public long Count { get; private set; }

    public void Record(long nanoseconds)
    {
        var value = (ulong)Math.Max(nanoseconds, 0);
        var shift = Math.Max(0, BitOperations.Log2(value) - StepBits);
        _counts[(shift << StepBits) + (int)(value >> shift)]++;
        Count++;
    }

    /// <summary>The latency in microseconds that <paramref name="share"/> (0 to 1) of the recorded ones do not exceed; null when there are none.</summary>
    public double? Percentile(double share)
    {
        if (Count == 0)
        {
            return null;
        }

        var left = (long)Math.Ceiling(share * Count);
        for (var bucket = 0; bucket < _counts.Length; bucket++)
        {
            left -= _counts[bucket];
            if (left <= 0)
            {
                return Middle(bucket) / 1000;
            }
        }

        throw new InvalidOperationException("The buckets hold fewer latencies than were counted.");
    }

    // Record puts a value with a shift above zero into the upper half of its Steps·2 range, so the bucket number itself tells the shift.
    private static double Middle(int bucket)
    {
        var shift = Math.Max(0, (bucket >> StepBits) - 1);
        var low = (double)((long)(bucket - (shift << StepBits)) << shift);
        return low + ((1L << shift) / 2.0);
    }
}
