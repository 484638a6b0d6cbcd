using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Load.Sockets;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>
/// The floor of the operating system: one thread with epoll that echoes bytes and does nothing else. No server; it shows what the load generator can drive at most.
/// </summary>
internal sealed unsafe class FloorSystem()
    : HostedSystem("floor", "one thread with epoll that echoes bytes: the upper limit of the load generator, not a server")
{
    private const int MaskBytes = 4;

    private readonly ArrayBufferWriter<byte> _replies = new(256 * 1024);
    private readonly Dictionary<int, Connection> _connections = [];
    private byte[] _buffer = new byte[256 * 1024];

    public override Dialect CreateDialect() => new BareDialect();

    public override Task<int> StartAsync()
    {
        var listener = Posix.Check(Posix.Socket(Posix.InternetFamily, Posix.StreamSocket | Posix.CloseOnExec, 0), "socket");
        var address = Posix.InternetAddress.Loopback(port: 0);
        var length = (uint)sizeof(Posix.InternetAddress);
        _ = Posix.Check(Posix.Bind(listener, &address, length), "bind");
        _ = Posix.Check(Posix.Listen(listener, 512), "listen");
        _ = Posix.Check(Posix.GetSocketName(listener, &address, &length), "getsockname");
        new Thread(() => Serve(listener)) { IsBackground = true, Name = "floor" }.Start();
        return Task.FromResult((int)BinaryPrimitives.ReverseEndianness(address.Port));
    }

    private void Serve(int listener)
    {
        using var poll = new EventPoll();
        poll.Watch(listener, listener);
        while (true)
        {
            var ready = poll.Wait(timeoutMilliseconds: -1);
            for (var i = 0; i < ready; i++)
            {
                var (key, readable, writable) = poll.Ready(i);
                if (key == listener)
                {
                    Accept(poll, listener);
                    continue;
                }

                var connection = _connections[key];
                if (writable)
                {
                    _ = connection.FlushBacklog();
                }

                if (readable)
                {
                    Read(connection);
                }
            }
        }
    }

    private void Accept(EventPoll poll, int listener)
    {
        var descriptor = Posix.Check(Posix.Accept(listener, null, null, Posix.CloseOnExec), "accept4");
        var noDelay = 1;
        _ = Posix.Check(Posix.SetSocketOption(descriptor, Posix.TcpLevel, Posix.TcpNoDelay, &noDelay, sizeof(int)), "setsockopt");
        _connections.Add(descriptor, new Connection(poll, descriptor));
        poll.Watch(descriptor, descriptor);
    }

    private void Read(Connection connection)
    {
        try
        {
            var length = connection.Receive(ref _buffer);
            if (length >= 0)
            {
                Answer(connection, _buffer.AsSpan(0, length));
                return;
            }
        }
        catch (LoadException)
        {
            // The load generator resets its connections.
        }

        _connections.Remove(connection.Key);
        connection.Close();
    }

    private void Answer(Connection connection, Span<byte> bytes)
    {
        if (!connection.IsUpgraded)
        {
            var end = bytes.IndexOf("\r\n\r\n"u8);
            if (end < 0)
            {
                connection.Keep(bytes);
                return;
            }

            connection.IsUpgraded = true;
            connection.Send(UpgradeResponse(bytes[..(end + 2)]));
            bytes = bytes[(end + 4)..];
        }

        while (TryReadPacket(ref bytes, out var packet))
        {
            Handle(packet);
        }

        connection.Keep(bytes);
        if (_replies.WrittenCount > 0)
        {
            connection.Send(_replies.WrittenSpan);
            _replies.ResetWrittenCount();
        }
    }

    private static byte[] UpgradeResponse(ReadOnlySpan<byte> request)
    {
        var header = "Sec-WebSocket-Key: "u8;
        var key = request[(request.IndexOf(header) + header.Length)..];
        key = key[..key.IndexOf((byte)'\r')];
        var accept = UpgradeHandshake.Accept(Encoding.ASCII.GetString(key));
        return Encoding.ASCII.GetBytes($"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: {accept}\r\n\r\n");
    }

    // Only what the load generator sends: final binary frames, masked, shorter than 64 KiB.
    private static bool TryReadPacket(ref Span<byte> bytes, out Span<byte> packet)
    {
        packet = default;
        if (bytes.Length < 4)
        {
            return false;
        }

        var length = bytes[1] & 0x7F;
        var header = 2;
        if (length == 126)
        {
            length = (bytes[2] << 8) | bytes[3];
            header = 4;
        }

        if (bytes.Length < header + MaskBytes + length)
        {
            return false;
        }

        var mask = bytes.Slice(header, MaskBytes);
        packet = bytes.Slice(header + MaskBytes, length);
        Unmask(packet, MemoryMarshal.Read<uint>(mask));
        bytes = bytes[(header + MaskBytes + length)..];
        return true;
    }

    private static void Unmask(Span<byte> packet, uint mask)
    {
        var words = MemoryMarshal.Cast<byte, uint>(packet);
        foreach (ref var word in words)
        {
            word ^= mask;
        }

        for (var i = words.Length * MaskBytes; i < packet.Length; i++)
        {
            packet[i] ^= (byte)(mask >> (8 * (i % MaskBytes)));
        }
    }

    private void Handle(ReadOnlySpan<byte> packet)
    {
        switch (packet[0])
        {
            case BarePacket.Echo:
                WriteFrame(_replies, packet);
                break;
            case BarePacket.OneWay:
                IngestTally.Add(tick: 0);
                break;
            default:
                Broadcast(packet);
                break;
        }
    }

    private void Broadcast(ReadOnlySpan<byte> packet)
    {
        var frame = new ArrayBufferWriter<byte>(packet.Length + 4);
        WriteFrame(frame, packet);
        foreach (var connection in _connections.Values)
        {
            connection.Send(frame.WrittenSpan);
        }
    }

    private static void WriteFrame(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> packet)
    {
        var header = packet.Length < 126 ? 2 : 4;
        var frame = target.GetSpan(header + packet.Length);
        frame[0] = 0x80 | (int)Opcode.Binary;
        frame[1] = (byte)(header == 2 ? packet.Length : 126);
        if (header == 4)
        {
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], (ushort)packet.Length);
        }

        packet.CopyTo(frame[header..]);
        target.Advance(header + packet.Length);
    }

    private sealed class Connection(EventPoll poll, int descriptor) : PolledSocket(poll, descriptor, descriptor)
    {
        public bool IsUpgraded { get; set; }
    }
}
