namespace TypedSockets.Benchmarks.Contracts;

/// <summary>What every measured server does, as a contract.</summary>
[EventContract("/bench")]
public partial interface IBenchServer : IServerEvents<IBenchServer, IBenchClient>
{
    /// <summary>Gives the line back.</summary>
    /// <param name="line">Any line.</param>
    ValueTask<ChatLine> Echo(ChatLine line);

    /// <summary>Counts the move.</summary>
    /// <param name="move">Any move.</param>
    void Moved(Move move);

    /// <summary>Sends the line to every client.</summary>
    /// <param name="line">Any line.</param>
    void Publish(ChatLine line);

    /// <summary>Sends the line to every client, as one that a newer line replaces.</summary>
    /// <param name="line">Any line.</param>
    void PublishLatest(ChatLine line);

    /// <summary>The client is about to read nothing any more: sends it lines until one has to wait.</summary>
    void Stop();
}
