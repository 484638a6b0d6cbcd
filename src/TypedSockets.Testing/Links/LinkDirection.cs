using System.Text;

namespace TypedSockets.Testing;

/// <summary>
/// What travels to one end of a link. What a test does to it holds until the test takes it back, over reconnections too. Safe for concurrent use.
/// </summary>
public sealed class LinkDirection
{
    private readonly TestLink _link;
    private readonly Lock _gate;
    private readonly Traffic _traffic;
    private PacketPipe? _pipe;
    private int? _left;
    private long _packets;

    internal LinkDirection(TestLink link, Lock gate, Traffic traffic)
    {
        _link = link;
        _gate = gate;
        _traffic = traffic;
    }

    /// <summary>How many packets have been sent in this direction, over every connection: each event and each acknowledgement is one, and so is each ping and pong.</summary>
    public long Packets
    {
        get
        {
            lock (_gate)
            {
                return _packets;
            }
        }
    }

    /// <summary>Whether packets are held back on their way. Guarded by the gate of the link.</summary>
    internal bool IsHeld { get; private set; }

    /// <summary>Whether the receiver takes nothing. Guarded by the gate of the link.</summary>
    internal bool IsFrozen { get; private set; }

    /// <summary>Holds back everything that is sent from now on, as a network that has gone silent: the sender does not notice, and the receiver hears nothing.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            IsHeld = true;
        }
    }

    /// <summary>Lets everything arrive that was held back, in order.</summary>
    public void Release()
    {
        lock (_gate)
        {
            IsHeld = false;
            _pipe?.ArriveUnsynchronized();
        }
    }

    /// <summary>
    /// Lets the receiver take nothing more, as a peer that reads too slowly: what arrives waits and counts against the sender's <c>MaxQueuedBytes</c> and <c>MaxQueuedPackets</c>, and events
    /// that may be replaced or dropped while a peer is behind are, from the first on.
    /// </summary>
    public void Freeze()
    {
        lock (_gate)
        {
            IsFrozen = true;
        }
    }

    /// <summary>Lets the receiver take what waits.</summary>
    public void Thaw()
    {
        lock (_gate)
        {
            IsFrozen = false;
            _pipe?.ThawUnsynchronized();
        }
    }

    /// <summary>Cuts the connection right behind a packet of this direction, which is still received; once.</summary>
    /// <param name="packets">How many more are received; at least 1. Counted over reconnections.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is less than 1; <see cref="TestLink.Cut"/> cuts at once.</exception>
    public void CutAfter(int packets)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(packets, 1);
        lock (_gate)
        {
            _left = packets;
        }
    }

    /// <summary>Sends a text message that no end has written: an Engine.IO packet, which begins with its type, or something that is none.</summary>
    /// <param name="text">What is received.</param>
    /// <exception cref="InvalidOperationException">There is no connection.</exception>
    public void Inject(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Inject(Encoding.UTF8.GetBytes(text), isBinary: false);
    }

    /// <summary>Sends a binary message that no end has written.</summary>
    /// <param name="message">What is received.</param>
    /// <exception cref="InvalidOperationException">There is no connection.</exception>
    public void Inject(ReadOnlySpan<byte> message) => Inject(message, isBinary: true);

    internal PacketPipe OpenUnsynchronized() => _pipe = new PacketPipe(this, _gate, _traffic);

    internal void CutUnsynchronized()
    {
        _pipe?.CutUnsynchronized();
        _pipe = null;
    }

    internal void CountUnsynchronized()
    {
        _packets++;
        if (_left is { } left)
        {
            _left = left > 1 ? left - 1 : null;
            if (left == 1)
            {
                _link.CutUnsynchronized();
            }
        }
    }

    private void Inject(ReadOnlySpan<byte> message, bool isBinary)
    {
        PacketPipe pipe;
        lock (_gate)
        {
            pipe = _pipe is { IsOverUnsynchronized: false } open ? open : throw new InvalidOperationException("There is no connection that something could be injected into: connect the client first.");
        }

        pipe.Send(message, isBinary);
    }
}
