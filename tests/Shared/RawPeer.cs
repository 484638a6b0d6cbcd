using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace TypedSockets.Tests.Shared;

/// <summary>A client of bytes: it sends what the test says, right or wrong, and shows what comes back. It shares no code with what it tests.</summary>
public sealed class RawPeer : IAsyncDisposable
{
    public const string Key = "dGhlIHNhbXBsZSBub25jZQ==";

    /// <summary>CONNECT, correlation 0, ["/echo", 0, nil, [[], [], [], [], []]]: a client whose contract, says it, differs in nothing that matters.</summary>
    public static readonly byte[] Connect = [0x11, 0x00, 0x00, 0x94, 0xa5, .. "/echo"u8, 0x00, 0xc0, 0x95, 0x90, 0x90, 0x90, 0x90, 0x90];

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    // What a test sends leaves at once: one that waits for the acknowledgement of what went before would come 40 ms late.
    private readonly TcpClient _tcp = new() { NoDelay = true };
    private readonly Uri _server;
    private readonly byte[] _received = new byte[4096];
    private int _start;
    private int _end;

    private RawPeer(Uri server) => _server = server;

    private NetworkStream Stream => _tcp.GetStream();

    public static async Task<RawPeer> DialAsync(Uri server)
    {
        var peer = new RawPeer(server);
        await peer._tcp.ConnectAsync(server.Host, server.Port);
        return peer;
    }

    /// <summary>Opens a session, checks the open packet, and joins the host's namespace.</summary>
    public static async Task<RawPeer> JoinAsync(Uri server)
    {
        var peer = await DialAsync(server);
        var response = await peer.RequestAsync(new HandshakeRequest());
        Assert.Equal(101, response.Status);
        Assert.StartsWith("0{", Encoding.UTF8.GetString((await peer.ReadFrameAsync()).Payload), StringComparison.Ordinal);
        await peer.SendFrameAsync(0x2, Connect);
        var connected = await peer.ReadFrameAsync();
        while (connected.Payload is [(byte)'2'])
        {
            // On a slow machine a heartbeat is due before the namespace is open.
            await peer.SendFrameAsync(0x1, [(byte)'3']);
            connected = await peer.ReadFrameAsync();
        }

        Assert.Equal(1, connected.Payload.SkipWhile(octet => octet >= 0x80).Skip(1).First());
        return peer;
    }

    public async Task<RawResponse> RequestAsync(HandshakeRequest request)
    {
        var text = new StringBuilder($"{request.Method} {request.Target} HTTP/1.1\r\nHost: {_server.Authority}\r\n");
        foreach (var (name, value) in request.Headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        await SendAsync(Encoding.ASCII.GetBytes(text.Append("\r\n").ToString()));
        return await ReadResponseAsync(request.Method);
    }

    /// <summary>Reads an HTTP answer.</summary>
    /// <param name="method">What was asked: an answer to HEAD has no body, whatever its headers say.</param>
    public async Task<RawResponse> ReadResponseAsync(string method)
    {
        List<string> lines = [];
        while (await ReadLineAsync() is { Length: > 0 } line)
        {
            lines.Add(line);
        }

        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var status = int.Parse(lines[0].Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
        return new RawResponse(status, headers, method == "HEAD" ? [] : await ReadBodyAsync(headers));
    }

    /// <summary>Reads one line of an HTTP answer's head, without its end.</summary>
    public async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (line.Length < 2 || line[^2] != '\r' || line[^1] != '\n')
        {
            line.Append((char)(await ReadAsync(1))[0]);
        }

        return line.ToString(0, line.Length - 2);
    }

    public Task SendFrameAsync(byte opcode, byte[] payload) => SendAsync(Frame((byte)(0x80 | opcode), payload, isMasked: true));

    public async Task SendAsync(byte[] bytes) => await Stream.WriteAsync(bytes);

    /// <summary>Builds a frame; the first byte is the test's, so that it may be wrong.</summary>
    public static byte[] Frame(byte first, byte[] payload, bool isMasked)
    {
        byte[] mask = [0x12, 0x34, 0x56, 0x78];
        var maskBit = isMasked ? 0x80 : 0;
        List<byte> frame = [first];
        if (payload.Length < 126)
        {
            frame.Add((byte)(maskBit | payload.Length));
        }
        else if (payload.Length < 65_536)
        {
            frame.AddRange([(byte)(maskBit | 126), (byte)(payload.Length >> 8), (byte)payload.Length]);
        }
        else
        {
            frame.Add((byte)(maskBit | 127));
            var length = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(length, payload.Length);
            frame.AddRange(length);
        }

        if (isMasked)
        {
            frame.AddRange(mask);
        }

        frame.AddRange(payload.Select((octet, index) => isMasked ? (byte)(octet ^ mask[index % 4]) : octet));
        return [.. frame];
    }

    public async Task<RawFrame> ReadFrameAsync()
    {
        var head = await ReadAsync(2);
        long length = head[1] & 0x7f;
        if (length == 126)
        {
            length = BinaryPrimitives.ReadUInt16BigEndian(await ReadAsync(2));
        }
        else if (length == 127)
        {
            length = BinaryPrimitives.ReadInt64BigEndian(await ReadAsync(8));
        }

        Assert.Equal(0, head[1] & 0x80);
        return new RawFrame((byte)(head[0] & 0x0f), await ReadAsync((int)length));
    }

    /// <summary>Reads frames up to the close frame; returns its code and the reason in the CLOSE packet before it.</summary>
    public async Task<(int CloseCode, int? ReasonCode)> ReadEndAsync()
    {
        int? reason = null;
        while (true)
        {
            var frame = await ReadFrameAsync();
            if (frame.Opcode == 0x8)
            {
                await SendFrameAsync(0x8, frame.Payload[..2]);
                return (BinaryPrimitives.ReadUInt16BigEndian(frame.Payload), reason);
            }

            if (frame.Opcode == 0x2)
            {
                reason = FindReason(frame.Payload) ?? reason;
            }
        }
    }

    /// <summary>Completes when the server has closed the connection.</summary>
    public async Task WaitForEndOfStreamAsync()
    {
        while (await ReceiveAsync())
        {
        }
    }

    /// <summary>Resets the connection, as a crash or a pulled cable does in the end.</summary>
    public void Reset()
    {
        _tcp.LingerState = new LingerOption(enable: true, seconds: 0);
        _tcp.Dispose();
    }

    /// <summary>Completes when the server has cut the connection, with or without a last word.</summary>
    public async Task WaitForCutAsync()
    {
        try
        {
            await WaitForEndOfStreamAsync();
        }
        catch (IOException)
        {
            // Reset: that is how a cut looks from here.
        }
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return default;
    }

    // Walks the ts1 packets of a message: length, type, and for CLOSE (9) namespace 0 and an array that begins with the code as 0xcd and 16 bits, or one byte.
    private static int? FindReason(byte[] message)
    {
        for (var position = 0; position < message.Length;)
        {
            var (length, shift) = (0, 0);
            byte octet;
            do
            {
                octet = message[position++];
                length |= (octet & 0x7f) << shift;
                shift += 7;
            }
            while (octet >= 0x80);

            if (message[position] == 9)
            {
                var code = message.AsSpan(position + 3);
                return code[0] == 0xcd ? BinaryPrimitives.ReadUInt16BigEndian(code[1..]) : code[0] == 0xcc ? code[1] : code[0];
            }

            position += length;
        }

        return null;
    }

    private async Task<byte[]> ReadAsync(int count)
    {
        var bytes = new byte[count];
        for (var filled = 0; filled < count;)
        {
            if (_start == _end && !await ReceiveAsync())
            {
                throw new EndOfStreamException($"The server ended the connection {count - filled} bytes too soon.");
            }

            var available = Math.Min(_end - _start, count - filled);
            _received.AsSpan(_start, available).CopyTo(bytes.AsSpan(filled));
            _start += available;
            filled += available;
        }

        return bytes;
    }

    /// <summary>Receives more. Returns false when the server has ended the connection.</summary>
    private async Task<bool> ReceiveAsync()
    {
        (_start, _end) = (0, await Stream.ReadAsync(_received).AsTask().WaitAsync(s_patience));
        return _end > 0;
    }

    private async Task<byte[]> ReadBodyAsync(ILookup<string, string> headers)
    {
        if (headers["Content-Length"].FirstOrDefault() is { } length)
        {
            return await ReadAsync(int.Parse(length, System.Globalization.CultureInfo.InvariantCulture));
        }

        List<byte> body = [];
        while (headers.Contains("Transfer-Encoding"))
        {
            var size = Convert.ToInt32(await ReadLineAsync(), 16);
            body.AddRange((await ReadAsync(size + 2))[..size]);
            if (size == 0)
            {
                break;
            }
        }

        return [.. body];
    }
}

/// <summary>A frame that came from the server.</summary>
public sealed record RawFrame(byte Opcode, byte[] Payload);

/// <summary>An HTTP answer.</summary>
public sealed record RawResponse(int Status, ILookup<string, string> Headers, byte[] Content)
{
    public string Body => Encoding.UTF8.GetString(Content);
}
