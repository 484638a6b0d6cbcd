namespace TypedSockets.Formats.Benchmarks.Contracts;

/// <summary>Returns each type once, so that the generator writes a serializer for it.</summary>
[EventContract("/payloads")]
public partial interface IPayloads : IServerEvents<IPayloads, INoEvents>
{
    /// <summary>A chat line.</summary>
    Task<ChatLine> ChatLine();

    /// <summary>A game move.</summary>
    Task<Move> Move();

    /// <summary>A list of records.</summary>
    Task<List<Score>> Scores();
}
