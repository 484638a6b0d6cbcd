namespace TypedSockets.Benchmarks.Contracts;

/// <summary>What clients of <see cref="IBenchServer"/> hear.</summary>
public interface IBenchClient : IClientEvents
{
    /// <summary>A line was published.</summary>
    /// <param name="line">The line.</param>
    void Published(ChatLine line);

    /// <summary>A line was published that replaces the one before.</summary>
    /// <param name="line">The line.</param>
    [Event(Delivery = Delivery.Latest)]
    void PublishedLatest(ChatLine line);
}
