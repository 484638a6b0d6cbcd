namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>
/// The reader's side of one stream's flow control: how much more its writer may send, and when it is told that it may send more again. Pure; not safe for concurrent use.
/// </summary>
/// <param name="items">How many items the writer may be ahead.</param>
/// <param name="bytes">How many bytes the writer may be ahead; the item that exceeds them may still come.</param>
internal struct StreamWindow(int items, int bytes)
{
    private readonly int _items = items;
    private readonly int _bytes = bytes;

    // What the writer has been allowed and has not used.
    private long _openItems;
    private long _openBytes;

    // What it has not been allowed yet, or no more: everything in the beginning, then what has been read.
    private long _freeItems = items;
    private long _freeBytes = bytes;

    /// <summary>An item came. Returns false when it was not allowed.</summary>
    public bool TryReceive(int size)
    {
        if (_openItems <= 0 || _openBytes <= 0)
        {
            return false;
        }

        _openItems--;
        _openBytes -= size;
        return true;
    }

    /// <summary>The reader took an item.</summary>
    public void Read(int size)
    {
        _freeItems++;
        _freeBytes += size;
    }

    /// <summary>
    /// Returns what the writer is to be allowed now. Credit is given when half of the window is free, so that few packets carry it and the writer need not stop before it hears of it.
    /// </summary>
    public bool TryTakeCredit(out uint items, out uint bytes)
    {
        (items, bytes) = (0, 0);
        if (2 * _freeItems < _items && 2 * _freeBytes < _bytes)
        {
            return false;
        }

        (items, bytes) = ((uint)_freeItems, (uint)_freeBytes);
        _openItems += items;
        _openBytes += bytes;
        (_freeItems, _freeBytes) = (0, 0);
        return true;
    }
}
