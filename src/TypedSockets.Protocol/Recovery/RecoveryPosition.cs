using TypedSockets.Formats;

namespace TypedSockets.Protocol.Recovery;

/// <summary>
/// What a client of a Socket.IO server with connection state recovery comes back with: the id that the server gave it, and the last offset that it was told. For one receive loop at a time.
/// </summary>
/// <param name="recoveryId">The server's <c>pid</c>; a secret.</param>
internal sealed class RecoveryPosition(string recoveryId)
{
    // The server's to make up; those of Socket.IO's adapters have no more than 24 characters. A longer text is an argument of the user's, behind an event without an offset.
    private const int MaxOffsetBytes = 256;

    private byte[] _offset = [];
    private int _length = -1;

    public string RecoveryId { get; } = recoveryId;

    /// <summary>An event came that is not answered. As Socket.IO's own client has it, its last argument is its offset if it is a text.</summary>
    /// <param name="arguments">What stands behind the name of the event, up to the end of its array.</param>
    public void Take(ReadOnlySpan<byte> arguments)
    {
        var list = arguments.TrimEnd(" \t\n\r"u8);
        if (list is not [.., (byte)']'])
        {
            return;
        }

        list = list[..^1].TrimEnd(" \t\n\r"u8);
        if (list is not [.., (byte)'"'])
        {
            return;
        }

        var text = list[..^1];
        var start = FindStart(text);
        if (start >= 0 && text.Length - start <= MaxOffsetBytes)
        {
            Keep(text[start..]);
        }
    }

    /// <summary>Writes what the client says of itself with the position in front, as Socket.IO's own client merges them.</summary>
    /// <param name="buffer">Takes the JSON object.</param>
    /// <param name="auth">What else the client says, as a JSON object; empty for nothing.</param>
    public void Write(PayloadBuffer buffer, ReadOnlySpan<byte> auth)
    {
        buffer.Write("{\"pid\":"u8);
        var writer = new JsonWriter(buffer);
        writer.WriteString(RecoveryId);
        writer.Flush();
        if (_length >= 0)
        {
            buffer.Write(",\"offset\":\""u8);
            buffer.Write(_offset.AsSpan(0, _length));
            buffer.Write("\""u8);
        }

        if (auth is [(byte)'{', not (byte)'}', ..])
        {
            buffer.Write(","u8);
            buffer.Write(auth[1..]);
        }
        else
        {
            buffer.Write("}"u8);
        }
    }

    // The quotation mark that opens the text is the last one that no backslash escapes.
    private static int FindStart(ReadOnlySpan<byte> text)
    {
        for (var quote = text.LastIndexOf((byte)'"'); quote >= 0; quote = text[..quote].LastIndexOf((byte)'"'))
        {
            var backslashes = quote - 1 - text[..quote].LastIndexOfAnyExcept((byte)'\\');
            if (backslashes % 2 == 0)
            {
                return quote + 1;
            }
        }

        return -1;
    }

    // As it is escaped: it goes back into JSON.
    private void Keep(ReadOnlySpan<byte> offset)
    {
        if (_offset.Length < offset.Length)
        {
            _offset = new byte[offset.Length];
        }

        offset.CopyTo(_offset);
        _length = offset.Length;
    }
}
