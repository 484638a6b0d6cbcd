namespace TypedSockets.Server.Recovery;

/// <summary>The newest events of a namespace, in order; bounded by their number, their bytes and their age. Not safe for concurrent use.</summary>
/// <param name="maxEvents">How many are kept.</param>
/// <param name="maxBytes">How many bytes they may take.</param>
/// <param name="maxAge">How long one is kept.</param>
/// <param name="start">The offset before the first.</param>
internal sealed class EventLog(int maxEvents, long maxBytes, TimeSpan maxAge, long start)
{
    private readonly Queue<RecoverableEvent> _events = new();

    /// <summary>The offset of the newest event, kept or not.</summary>
    public long Last { get; private set; } = start;

    /// <summary>Every event behind this offset is kept.</summary>
    public long SweptThrough { get; private set; } = start;

    public int Count => _events.Count;

    public long Bytes { get; private set; }

    public void Add(RecoverableEvent added)
    {
        Last = added.Offset;
        _events.Enqueue(added);
        Bytes += added.Bytes;
        Sweep(added.SentAt);
    }

    /// <summary>Drops what is too old, and what is too much.</summary>
    public void Sweep(TimeSpan now)
    {
        while (_events.TryPeek(out var oldest) && (_events.Count > maxEvents || Bytes > maxBytes || now - oldest.SentAt > maxAge))
        {
            _events.Dequeue();
            Bytes -= oldest.Bytes;
            SweptThrough = oldest.Offset;
        }
    }

    /// <summary>Drops everything: nobody is left who could miss it.</summary>
    public void Clear()
    {
        _events.Clear();
        Bytes = 0;
        SweptThrough = Last;
    }

    /// <summary>The events that are kept behind an offset, in order.</summary>
    public IEnumerable<RecoverableEvent> After(long offset) => _events.Where(kept => kept.Offset > offset);
}
