namespace TypedSockets.Benchmarks.Contracts;

/// <summary>What clients of <see cref="IBenchServer"/> hear.</summary>
public interface IBenchClient : IClientEvents
{
    /// <summary>A line was published.</summary>
    /// <param name="line">The line.</param>
    void Published(ChatLine line);
}
