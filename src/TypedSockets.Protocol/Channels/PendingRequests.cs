using TypedSockets.Protocol.Heartbeat;

namespace TypedSockets.Protocol.Channels;

/// <summary>
/// The requests of one channel that wait for their answers. Their numbers are small and used again only when the answer to the last use has come, even if nobody waits for it
/// any more; where a peer cannot be told that nobody does, and may never answer, a number is not used again before 32,768 others of its place. Safe for concurrent use.
/// </summary>
/// <param name="wheel">Where the requests wait for their timeout.</param>
/// <param name="maxPending">How many numbers may be outstanding.</param>
/// <param name="sendCancel">Tells the peer that a request was given up; null where it cannot be told.</param>
/// <param name="peer">The connection that the answers come on.</param>
internal sealed class PendingRequests(TimingWheel wheel, int maxPending, Action<uint>? sendCancel, IChannelHost? peer = null)
{
    // Where numbers are counted on, the lower half is the place and the upper the count of its uses.
    private const int PlaceBits = 16;

    // The upper half of all numbers is for questions that many peers are asked at once, under one number, so that they are encoded once.
    private const uint FirstShared = 1u << 31;

    private static uint s_lastShared;

    private readonly Lock _gate = new();
    private readonly Stack<uint> _free = new();
    private Slot[] _slots = [];
    private Dictionary<uint, PendingRequest>? _shared;
    private int _used;
    private DisconnectReason? _ended;

    public TimingWheel Wheel => wheel;

    /// <summary>The connection that the answers come on.</summary>
    public IChannelHost? Peer => peer;

    /// <summary>A number for a question that many are asked. It is not used again before 2³¹ others.</summary>
    public static uint NextShared() => FirstShared | Interlocked.Increment(ref s_lastShared);

    /// <summary>Gives the request its number.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">How long its answer may take; infinite for no limit.</param>
    /// <param name="holdsNumber">Whether the number is free only after <see cref="Release"/>, not with the answer.</param>
    /// <exception cref="DisconnectedException">The channel has ended.</exception>
    /// <exception cref="InvalidOperationException">Too many requests wait.</exception>
    public void Add(PendingRequest request, TimeSpan timeout, bool holdsNumber = false)
    {
        lock (_gate)
        {
            if (_ended is not null)
            {
                throw new DisconnectedException(_ended);
            }

            if (!_free.TryPop(out var ackId))
            {
                if (_used == Math.Min(maxPending, 1 << PlaceBits))
                {
                    throw TooMany(request);
                }

                ackId = (uint)_used++;
                if (_slots.Length < _used)
                {
                    Array.Resize(ref _slots, Math.Max(4, 2 * _slots.Length));
                }
            }

            _slots[Place(ackId)] = new Slot(ackId, request, IsOutstanding: true, holdsNumber);
            request.AckId = ackId;
        }

        Schedule(request, timeout);
    }

    /// <summary>Lets the request have a number that others have too, each in requests of its own.</summary>
    /// <inheritdoc cref="Add" path="/exception"/>
    public void AddShared(PendingRequest request, uint ackId, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_ended is not null)
            {
                throw new DisconnectedException(_ended);
            }

            _shared ??= [];
            if (_shared.Count == maxPending)
            {
                throw TooMany(request);
            }

            _shared.Add(ackId, request);
            request.AckId = ackId;
        }

        Schedule(request, timeout);
    }

    /// <summary>Takes back a request that could not be sent.</summary>
    public void Remove(PendingRequest request)
    {
        lock (_gate)
        {
            if (request.AckId >= FirstShared)
            {
                _shared?.Remove(request.AckId);
            }
            else if (_ended is null && _slots[Place(request.AckId)].Request == request)
            {
                FreeUnsynchronized(request.AckId);
            }
        }
    }

    /// <summary>Finds a request without answering it. Returns whether its number is outstanding; the request is null when nobody waits any more.</summary>
    public bool TryFind(uint ackId, out PendingRequest? request)
    {
        lock (_gate)
        {
            var place = Place(ackId);
            var isOutstanding = place < (uint)_used && _slots[place].IsOutstanding && _slots[place].AckId == ackId;
            request = isOutstanding ? _slots[place].Request : null;
            return isOutstanding;
        }
    }

    /// <summary>Frees the number of a request that holds it, as soon as it is answered.</summary>
    public void Release(PendingRequest request)
    {
        lock (_gate)
        {
            if (_ended is not null || _slots[Place(request.AckId)] is not { IsHeld: true } slot || slot.Request != request)
            {
                return;
            }

            if (slot.IsOutstanding)
            {
                _slots[Place(request.AckId)] = slot with { IsHeld = false };
            }
            else
            {
                FreeUnsynchronized(request.AckId);
            }
        }
    }

    /// <summary>An answer came: frees its number and returns who waits; null when nobody does any more.</summary>
    public PendingRequest? TryTake(uint ackId)
    {
        lock (_gate)
        {
            if (ackId >= FirstShared)
            {
                return _shared is not null && _shared.Remove(ackId, out var shared) ? shared : null;
            }

            var place = Place(ackId);
            if (place >= (uint)_used || _slots[place] is not { IsOutstanding: true } slot || slot.AckId != ackId)
            {
                return null;
            }

            if (slot.IsHeld)
            {
                _slots[place] = slot with { IsOutstanding = false };
                return slot.Request;
            }

            FreeUnsynchronized(ackId);
            return slot.Request;
        }
    }

    /// <summary>Nobody waits any more; the number stays taken until the peer has been told and the answer has come.</summary>
    public void GiveUp(PendingRequest request)
    {
        var ackId = request.AckId;
        if (ackId >= FirstShared)
        {
            if (TryTake(ackId) is not null)
            {
                sendCancel?.Invoke(ackId);
            }

            return;
        }

        lock (_gate)
        {
            // The answer may be coming in just now: then the number is free already, or another request's.
            if (_ended is not null || _slots[Place(ackId)].Request != request)
            {
                return;
            }

            if (sendCancel is null)
            {
                FreeUnsynchronized(ackId);
                return;
            }

            _slots[ackId] = new Slot(ackId, null, IsOutstanding: true, IsHeld: true);
        }

        // Not under the lock: sending may end the session. If the number were free meanwhile, the cancellation could hit the request that uses it next.
        sendCancel(ackId);
        lock (_gate)
        {
            if (_ended is not null)
            {
                return;
            }

            if (_slots[ackId].IsOutstanding)
            {
                _slots[ackId] = new Slot(ackId, null, IsOutstanding: true);
            }
            else
            {
                FreeUnsynchronized(ackId);
            }
        }
    }

    /// <summary>Fails everything that waits, and everything that is added later.</summary>
    public void End(DisconnectReason reason)
    {
        Slot[] slots;
        Dictionary<uint, PendingRequest>? shared;
        lock (_gate)
        {
            if (_ended is not null)
            {
                return;
            }

            _ended = reason;
            slots = _slots;
            _slots = [];
            _used = 0;
            (shared, _shared) = (_shared, null);
        }

        foreach (var request in shared?.Values ?? Enumerable.Empty<PendingRequest>())
        {
            request.Fail(new DisconnectedException(reason));
        }

        foreach (var slot in slots)
        {
            slot.Request?.Fail(new DisconnectedException(reason));
        }
    }

    private void FreeUnsynchronized(uint ackId)
    {
        _slots[Place(ackId)] = default;
        _free.Push(sendCancel is null ? (ackId + (1u << PlaceBits)) & (FirstShared - 1) : ackId);
    }

    private void Schedule(PendingRequest request, TimeSpan timeout)
    {
        if (timeout != Timeout.InfiniteTimeSpan)
        {
            wheel.Schedule(request, wheel.Now + timeout);
        }
    }

    private InvalidOperationException TooMany(PendingRequest request) =>
        new($"Event '{request.Event}' was not sent: {maxPending} requests are waiting for their answers, which is the limit (MaxPendingRequests).");

    private uint Place(uint ackId) => sendCancel is null ? ackId & ((1u << PlaceBits) - 1) : ackId;

    /// <param name="AckId">The number.</param>
    /// <param name="Request">Who waits; null when nobody does any more.</param>
    /// <param name="IsOutstanding">Whether the answer has not come.</param>
    /// <param name="IsHeld">Whether the number is not free once the answer has come: something about it may still be on its way to the peer.</param>
    private readonly record struct Slot(uint AckId, PendingRequest? Request, bool IsOutstanding, bool IsHeld = false);
}
