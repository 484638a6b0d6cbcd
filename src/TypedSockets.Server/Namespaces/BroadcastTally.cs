namespace TypedSockets.Server.Namespaces;

/// <summary>What became of a broadcast.</summary>
/// <param name="Speakers">How many clients speak the codecs that it was encoded in, with those who are left out.</param>
/// <param name="Deliveries">How many it was handed to.</param>
/// <param name="Bytes">The sizes of their packets together.</param>
internal readonly record struct BroadcastTally(int Speakers, long Deliveries, long Bytes)
{
    public static BroadcastTally operator +(BroadcastTally one, BroadcastTally other) => new(one.Speakers + other.Speakers, one.Deliveries + other.Deliveries, one.Bytes + other.Bytes);
}
