using System.Buffers;

namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>Packets that wait to be sent, one behind the other. Holds no memory while it is empty. Not safe for concurrent use.</summary>
internal sealed class PacketQueue
{
    // Parts of binary messages that wait are sent as one, up to this: long enough to spare most of what a message costs, short enough for any limit.
    private const int MaxJoinedBytes = 16 * 1024;
    private const int InitialBytes = 256;

    private readonly Queue<Entry> _entries = new();
    private byte[] _bytes = [];
    private int _start;
    private int _end;
    private Entry? _last;
    private TaskCompletionSource? _emptied;

    public bool IsEmpty => _entries.Count == 0;

    /// <summary>How many bytes wait.</summary>
    public long Bytes => _end - _start;

    /// <summary>How many packets wait; each part of a binary message counts.</summary>
    public int Packets { get; private set; }

    /// <summary>Completes when nothing waits.</summary>
    public Task WhenEmptyAsync() => IsEmpty ? Task.CompletedTask : (_emptied ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Adds a packet as text.</summary>
    public void AddText(ReadOnlySpan<byte> packet) => Add(packet, isBinary: false, joins: false);

    /// <summary>Adds a binary message, or with <paramref name="joins"/> a part of one.</summary>
    public void AddBinary(ReadOnlySpan<byte> bytes, bool joins) => Add(bytes, isBinary: true, joins);

    /// <summary>The first packet; valid until something is added or removed.</summary>
    public ReadOnlySpan<byte> Peek(out bool isBinary)
    {
        var entry = _entries.Peek();
        isBinary = entry.IsBinary;
        return _bytes.AsSpan(_start, entry.Length);
    }

    /// <summary>Removes the first packet.</summary>
    public void Remove()
    {
        var entry = _entries.Dequeue();
        _start += entry.Length;
        Packets -= entry.Packets;
        if (_entries.Count == 0)
        {
            Clear();
        }
    }

    public void Clear()
    {
        _entries.Clear();
        _last = null;
        _start = _end = 0;
        Packets = 0;
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }

        _emptied?.SetResult();
        _emptied = null;
    }

    private void Add(ReadOnlySpan<byte> bytes, bool isBinary, bool joins)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_end));
        _end += bytes.Length;
        Packets++;
        if (joins && _last is { Joins: true } last && last.Length + bytes.Length <= MaxJoinedBytes)
        {
            last.Length += bytes.Length;
            last.Packets++;
            return;
        }

        _last = new Entry(isBinary, joins) { Length = bytes.Length };
        _entries.Enqueue(_last);
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _end >= count)
        {
            return;
        }

        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(InitialBytes, Math.Max(2 * (_end - _start), _end - _start + count)));
        _bytes.AsSpan(_start, _end - _start).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        (_bytes, _end, _start) = (larger, _end - _start, 0);
    }

    private sealed class Entry(bool isBinary, bool joins)
    {
        public bool IsBinary => isBinary;

        public bool Joins => joins;

        public int Length { get; set; }

        public int Packets { get; set; } = 1;
    }
}
