using System.Threading.Channels;

namespace TypedSockets.Integration.Tests.Deliveries;

/// <summary>What one end received, and what must be true of it.</summary>
internal static class FlowRecord
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public static async Task<List<(string Event, int Number)>> ReadToAsync(ChannelReader<(string Event, int Number)> reader, (string Event, int Number) last)
    {
        List<(string Event, int Number)> received = [];
        while (received.Count == 0 || received[^1] != last)
        {
            received.Add(await reader.ReadAsync().AsTask().WaitAsync(s_patience));
        }

        return received;
    }

    /// <summary>All events of this name came, in order, and once.</summary>
    public static void IsWhole(List<(string Event, int Number)> received, string @event, int count) =>
        Assert.Equal(Enumerable.Range(0, count), received.Where(item => item.Event == @event).Select(item => item.Number));

    /// <summary>Events of this name came in order, the newest among them; returns how many did.</summary>
    public static int EndsWithNewest(List<(string Event, int Number)> received, string @event, int newest)
    {
        var numbers = received.Where(item => item.Event == @event).Select(item => item.Number).ToList();
        Assert.Equal(numbers.Distinct().Order(), numbers);
        Assert.Equal(newest, numbers[^1]);
        return numbers.Count;
    }
}
