namespace TypedSockets.Benchmarks.Load.Dialects;

/// <summary>One protocol message from a server, over the bytes that were read.</summary>
/// <param name="kind">What it is.</param>
/// <param name="slot">For a reply, the slot of the request that it answers.</param>
/// <param name="body">The part that carries the payload.</param>
internal readonly ref struct Incoming(IncomingKind kind, int slot = 0, ReadOnlySpan<byte> body = default)
{
    public IncomingKind Kind { get; } = kind;

    public int Slot { get; } = slot;

    public ReadOnlySpan<byte> Body { get; } = body;
}
