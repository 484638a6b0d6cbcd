using System.Buffers;
using System.Runtime.InteropServices;

namespace TypedSockets.Benchmarks.Load.Sockets;

/// <summary>
/// A TCP socket that is read and written without waiting. Holds only what it must between two events: the start of a frame whose end has not arrived, and bytes that the
/// kernel would not take yet.
/// </summary>
internal unsafe class PolledSocket(EventPoll poll, int descriptor, int key)
{
    private byte[] _partial = [];
    private int _partialLength;
    private byte[] _backlog = [];
    private int _backlogStart;
    private int _backlogEnd;
    private bool _writableWanted;
    private bool _writableWatched;

    /// <summary>What <see cref="EventPoll.Ready"/> reports for this socket.</summary>
    public int Key => key;

    public bool HasBacklog => _backlogEnd > _backlogStart;

    /// <summary>Whether the owner wants to hear that the socket can be written, apart from the backlog.</summary>
    public bool WritableWanted
    {
        get => _writableWanted;
        set
        {
            _writableWanted = value;
            WatchWritable();
        }
    }

    /// <summary>Sends what the kernel takes now and keeps the rest. Returns without waiting.</summary>
    public void Send(ReadOnlySpan<byte> bytes)
    {
        var sent = HasBacklog ? 0 : TrySend(bytes);
        if (sent < bytes.Length)
        {
            Hold(bytes[sent..]);
        }
    }

    /// <summary>Keeps the bytes for when the socket can be written.</summary>
    public void Hold(ReadOnlySpan<byte> bytes)
    {
        if (_backlog.Length - _backlogEnd < bytes.Length)
        {
            MakeRoom(bytes.Length);
        }

        bytes.CopyTo(_backlog.AsSpan(_backlogEnd));
        _backlogEnd += bytes.Length;
        WatchWritable();
    }

    /// <summary>Sends as much as the kernel takes now and returns how much that was. Only while there is no backlog.</summary>
    public int TrySend(ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            var sent = Posix.Send(descriptor, start, (nuint)bytes.Length, Posix.DoNotWait | Posix.NoSignal);
            if (sent >= 0)
            {
                return (int)sent;
            }
        }

        return Marshal.GetLastPInvokeError() is Posix.TryAgain or Posix.Interrupted ? 0 : throw Posix.Failure("send");
    }

    /// <summary>Sends the backlog on; returns whether it is gone.</summary>
    public bool FlushBacklog()
    {
        if (HasBacklog)
        {
            _backlogStart += TrySend(_backlog.AsSpan(_backlogStart.._backlogEnd));
        }

        if (HasBacklog)
        {
            return false;
        }

        _backlogStart = _backlogEnd = 0;
        WatchWritable();
        return true;
    }

    /// <summary>
    /// Reads once, behind what <see cref="Keep"/> held back, into <paramref name="buffer"/>, which grows when a frame is larger than it. Returns how many bytes it now holds,
    /// 0 when nothing had arrived, or -1 when the peer closed.
    /// </summary>
    public int Receive(ref byte[] buffer)
    {
        if (_partialLength >= buffer.Length)
        {
            buffer = new byte[buffer.Length * 2];
        }

        nint received;
        fixed (byte* start = buffer)
        {
            received = Posix.Receive(descriptor, start + _partialLength, (nuint)(buffer.Length - _partialLength), Posix.DoNotWait);
        }

        if (received < 0)
        {
            return Marshal.GetLastPInvokeError() is Posix.TryAgain or Posix.Interrupted ? 0 : throw Posix.Failure("recv");
        }

        if (received == 0)
        {
            return -1;
        }

        _partial.AsSpan(0, _partialLength).CopyTo(buffer);
        var total = _partialLength + (int)received;
        _partialLength = 0;
        return total;
    }

    /// <summary>Holds back the bytes that the last read ended with and that are not a whole frame yet.</summary>
    public void Keep(ReadOnlySpan<byte> partial)
    {
        if (partial.IsEmpty)
        {
            return;
        }

        if (_partial.Length < partial.Length)
        {
            _partial = new byte[Math.Max(partial.Length, 256)];
        }

        partial.CopyTo(_partial);
        _partialLength = partial.Length;
    }

    /// <summary>Closes with a reset, so that no port of the machine waits for late segments: a benchmark opens more connections than there are ports.</summary>
    public void Reset()
    {
        var linger = stackalloc int[2] { 1, 0 };
        _ = Posix.SetSocketOption(descriptor, Posix.SocketLevel, Posix.Linger, linger, 2 * sizeof(int));
        Close();
    }

    public void Close()
    {
        _ = Posix.Close(descriptor);
        if (_backlog.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_backlog);
            _backlog = [];
            _backlogStart = _backlogEnd = 0;
        }
    }

    private void MakeRoom(int count)
    {
        var held = _backlogEnd - _backlogStart;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * held, held + count));
        _backlog.AsSpan(_backlogStart, held).CopyTo(larger);
        if (_backlog.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_backlog);
        }

        (_backlog, _backlogStart, _backlogEnd) = (larger, 0, held);
    }

    private void WatchWritable()
    {
        var writable = _writableWanted || HasBacklog;
        if (writable != _writableWatched)
        {
            _writableWatched = writable;
            poll.WatchWritable(descriptor, key, writable);
        }
    }
}
