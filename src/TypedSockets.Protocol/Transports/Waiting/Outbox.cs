using System.Diagnostics.CodeAnalysis;

namespace TypedSockets.Protocol.Transports.Waiting;

/// <summary>
/// What waits for a peer that is behind, in the order sent. A transport makes one when the first packet waits that a newer one may replace, and lets go of it when it is empty: until then
/// all that is sent comes here, so what arrives is what was sent, in that order, without what was replaced or dropped. Not safe for concurrent use.
/// </summary>
/// <param name="limits">How much may wait, with what the transport has taken ahead of this.</param>
/// <param name="counters">Counts what is replaced and dropped.</param>
internal sealed class Outbox(QueueLimits limits, DeliveryCounters counters)
{
    private readonly LinkedList<WaitingPacket> _packets = new();
    private readonly LinkedList<WaitingPacket> _replaceable = new();
    private readonly Dictionary<byte[], WaitingPacket> _byKey = new(KeyComparer.Instance);
    private long _replaceableBytes;

    public bool IsEmpty => _packets.Count == 0;

    /// <summary>How many bytes wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many packets wait.</summary>
    public int Packets => _packets.Count;

    /// <summary>Adds a packet that nothing replaces. If there is no room for it, the oldest of those that may be replaced make some.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="bytesAhead">How many bytes the transport has taken that have not left yet.</param>
    /// <param name="packetsAhead">How many packets that is.</param>
    /// <returns>False when there would be no room for it even so; nothing has changed then.</returns>
    public bool TryAdd(scoped in OutgoingPacket packet, long bytesAhead, int packetsAhead)
    {
        if (!TryMakeRoom(WaitingPacket.SizeOf(packet, 0), bytesAhead, packetsAhead))
        {
            return false;
        }

        Append(new WaitingPacket(null), packet);
        return true;
    }

    /// <summary>
    /// Adds a packet in place of the one that waits with the same key, at the end. If there is no room for it, the oldest of those that may be replaced make some; if that is not enough, it is
    /// dropped, and what waits stays.
    /// </summary>
    /// <param name="packet">The packet.</param>
    /// <param name="key">Its key.</param>
    /// <param name="bytesAhead">How many bytes the transport has taken that have not left yet.</param>
    /// <param name="packetsAhead">How many packets that is.</param>
    public void Conflate(scoped in OutgoingPacket packet, ReadOnlySpan<byte> key, long bytesAhead, int packetsAhead)
    {
        var size = WaitingPacket.SizeOf(packet, key.Length);
        if (!HasRoomBesideReliable(size, bytesAhead, packetsAhead))
        {
            counters.Drop();
            return;
        }

        if (_byKey.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(key, out var waiting))
        {
            Remove(waiting);
            counters.Conflate();
        }
        else
        {
            waiting = new WaitingPacket(key.ToArray());
        }

        TryMakeRoom(size, bytesAhead, packetsAhead);
        Append(waiting, packet);
    }

    /// <summary>Takes the first packet out.</summary>
    public bool TryTake([NotNullWhen(true)] out WaitingPacket? packet)
    {
        packet = _packets.First?.Value;
        if (packet is null)
        {
            return false;
        }

        Remove(packet);
        return true;
    }

    private bool HasRoomBesideReliable(long size, long bytesAhead, int packetsAhead) =>
        limits.Allow(bytesAhead + Bytes - _replaceableBytes + size, packetsAhead + _packets.Count - _replaceable.Count + 1);

    private bool TryMakeRoom(long size, long bytesAhead, int packetsAhead)
    {
        if (!HasRoomBesideReliable(size, bytesAhead, packetsAhead))
        {
            return false;
        }

        while (!limits.Allow(bytesAhead + Bytes + size, packetsAhead + _packets.Count + 1))
        {
            Remove(_replaceable.First!.Value);
            counters.Drop();
        }

        return true;
    }

    private void Append(WaitingPacket waiting, scoped in OutgoingPacket packet)
    {
        waiting.Set(packet);
        Bytes += waiting.Size;
        _packets.AddLast(waiting.Place);
        if (waiting.Key is { } key)
        {
            _replaceableBytes += waiting.Size;
            _replaceable.AddLast(waiting.Age!);
            _byKey.Add(key, waiting);
        }
    }

    private void Remove(WaitingPacket waiting)
    {
        Bytes -= waiting.Size;
        _packets.Remove(waiting.Place);
        if (waiting.Key is { } key)
        {
            _replaceableBytes -= waiting.Size;
            _replaceable.Remove(waiting.Age!);
            _byKey.Remove(key);
        }
    }
}
