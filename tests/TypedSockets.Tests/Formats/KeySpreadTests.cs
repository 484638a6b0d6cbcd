using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>A payload with keys that share a hash code is refused before it costs the square of its length; other keys are not.</summary>
public sealed class KeySpreadTests
{
    private const int Keys = 50_000;

    [Fact]
    public void NumbersInARow_AreAccepted()
    {
        Assert.Equal(Keys, Fill(Enumerable.Range(0, Keys)));
        Assert.Equal(Keys, Fill(Enumerable.Range(-Keys / 2, Keys).Select(number => number * 1_000L)));
        Assert.Equal(Keys, Fill(Enumerable.Range(1, Keys).Select(number => 1.0 / number)));
        Assert.Equal(Keys, Fill(Enumerable.Range(0, Keys).Select(number => DateTime.UnixEpoch.AddMinutes(number))));
        Assert.Equal(Keys, Fill(Enumerable.Range(0, Keys).Select(number => new Guid(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10))));
        Assert.Equal(Keys, Fill(Enumerable.Range(0, Keys).Select(number => $"key {number}")));
        Assert.Equal(65_536, Fill(Enumerable.Range(0, 65_536).Select(number => (char)number)));
    }

    [Fact]
    public void NumbersWithOneHashCode_AreRefusedWhileTheyAreFew() =>
        // The hash code of a long is its upper half xor its lower half.
        AssertRefused(Enumerable.Range(0, Keys).Select(number => ((long)number << 32) | (uint)number));

    [Fact]
    public void NumbersInOneBucket_AreRefusedWhileTheyAreFew()
    {
        var buckets = new Dictionary<int, bool>(Keys).Capacity;
        AssertRefused(Enumerable.Range(0, Keys).Select(number => (int)((long)number * buckets % int.MaxValue)).Distinct(), Keys);
    }

    [Fact]
    public void GuidsWithOneHashCode_AreRefusedWhileTheyAreFew() =>
        AssertRefused(Enumerable.Range(0, Keys).Select(number => new Guid(number, (short)number, (short)(number >> 16), 0, 0, 0, 0, 0, 0, 0, 0)));

    [Fact]
    public void HostileKeysBehindHonestOnes_AreRefused() =>
        AssertRefused(Enumerable.Range(0, Keys).Select(number => number < Keys / 2 ? number : ((long)number << 32) | (uint)number));

    /// <summary>A hundred keys in one bucket are no attack.</summary>
    [Fact]
    public void FewKeysWithOneHashCode_AreAccepted() => Assert.Equal(128, Fill(Enumerable.Range(0, 128).Select(number => ((long)number << 32) | (uint)number)));

    [Fact]
    public void Sets_AreWatchedAsMapsAre()
    {
        var elements = new HashSet<long?>();
        var spread = new KeySpread<long?>();
        Assert.Throws<PayloadException>(() =>
        {
            elements.Add(null);
            for (var number = 0L; number < Keys; number++)
            {
                spread.Add((number << 32) | number, elements);
                elements.Add((number << 32) | number);
            }
        });
        Assert.InRange(elements.Count, 128, 4_096);
    }

    private static int Fill<T>(IEnumerable<T> keys, int capacity = 0) where T : notnull
    {
        var entries = new Dictionary<T, bool>(capacity);
        Fill(entries, keys);
        return entries.Count;
    }

    private static void Fill<T>(Dictionary<T, bool> entries, IEnumerable<T> keys) where T : notnull
    {
        var spread = new KeySpread<T>();
        foreach (var key in keys)
        {
            spread.Add(key, entries);
            entries.Add(key, true);
        }
    }

    private static void AssertRefused<T>(IEnumerable<T> keys, int capacity = 0) where T : notnull
    {
        var entries = new Dictionary<T, bool>(capacity);
        Assert.Throws<PayloadException>(() => Fill(entries, keys));
        // The comparisons of a bucket are the square of its keys: 32 for each of 50,000 are those of 1,800 keys.
        Assert.InRange(entries.Count, 128, (Keys / 2) + 2_048);
    }
}
