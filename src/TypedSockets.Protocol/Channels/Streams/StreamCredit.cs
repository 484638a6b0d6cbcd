namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>The writer's side of one stream's flow control: how much its reader has asked for. Pure; not safe for concurrent use.</summary>
internal struct StreamCredit
{
    private long _items;
    private long _bytes;

    /// <summary>Whether one more item may be sent. How large it is does not matter, or none that is larger than the reader's window could ever be.</summary>
    public readonly bool IsOpen => _items > 0 && _bytes > 0;

    /// <summary>The reader asks for more. Returns false when it asks for more than there can be.</summary>
    public bool TryGrant(uint items, uint bytes)
    {
        if (_items + items > int.MaxValue || _bytes + bytes > int.MaxValue)
        {
            return false;
        }

        _items += items;
        _bytes += bytes;
        return true;
    }

    /// <summary>Grants a stream what was asked for before there was one.</summary>
    public readonly void PassOn(OutgoingStream stream) => stream.TryGrant((uint)_items, (uint)_bytes);

    /// <summary>An item is sent.</summary>
    public void Spend(int size)
    {
        _items--;
        _bytes -= size;
    }
}
