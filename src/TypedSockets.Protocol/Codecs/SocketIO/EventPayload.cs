using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>
/// The array of an event, taken apart: its name, and its arguments as an array of their own, as generated serializers read them. Holds pooled memory; whoever split it disposes of it,
/// and the spans are not valid afterwards.
/// </summary>
internal readonly ref struct EventPayload
{
    private const int MaxIntegerCharacters = 20;

    private readonly byte[]? _rented;

    private EventPayload(ReadOnlySpan<byte> name, ReadOnlySpan<byte> arguments, byte[]? rented)
    {
        Name = name;
        Arguments = arguments;
        _rented = rented;
    }

    /// <summary>The event's name as UTF-8, without escapes.</summary>
    public ReadOnlySpan<byte> Name { get; }

    /// <summary>An array in the format of the packet.</summary>
    public ReadOnlySpan<byte> Arguments { get; }

    /// <summary>Splits the payload of an event that <see cref="TextPacketReader"/> has read.</summary>
    public static EventPayload SplitText(in SocketIOPacket packet)
    {
        if (packet is { Arguments.IsEmpty: true, NameForm: EventNameForm.Plain })
        {
            return new EventPayload(packet.Name, "[]"u8, null);
        }

        var rented = ArrayPool<byte>.Shared.Rent(packet.Name.Length + packet.Arguments.Length + 2);
        var name = packet.NameForm is EventNameForm.Plain ? packet.Name : Unescape(packet.Name, rented);
        var target = rented.AsSpan(packet.NameForm is EventNameForm.Plain ? 0 : name.Length);
        if (packet.Arguments.IsEmpty)
        {
            return new EventPayload(name, "[]"u8, rented);
        }

        target[0] = (byte)'[';
        packet.Arguments.CopyTo(target[1..]);
        return new EventPayload(name, target[..(packet.Arguments.Length + 1)], rented);
    }

    /// <summary>Splits the payload of an event that <see cref="MessagePackPacketReader"/> has read.</summary>
    public static EventPayload SplitMessagePack(in SocketIOPacket packet)
    {
        if (packet is { ArgumentCount: 0, NameForm: EventNameForm.Plain })
        {
            return new EventPayload(packet.Name, [MessagePackArray.Empty], null);
        }

        var rented = ArrayPool<byte>.Shared.Rent(MaxIntegerCharacters + MessagePackArray.MaxHeadSize + packet.Arguments.Length);
        var name = packet.NameForm is EventNameForm.Plain ? packet.Name : FormatInteger(packet.Name, rented);
        var target = rented.AsSpan(MaxIntegerCharacters);
        var head = MessagePackArray.WriteHead(target, packet.ArgumentCount);
        packet.Arguments.CopyTo(target[head..]);
        return new EventPayload(name, target[..(head + packet.Arguments.Length)], rented);
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<byte>.Shared.Return(_rented);
        }
    }

    private static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> name, Span<byte> target)
    {
        // The packet's reader has found it to be a string.
        var reader = new Utf8JsonReader(name);
        reader.Read();
        return target[..reader.CopyString(target)];
    }

    private static ReadOnlySpan<byte> FormatInteger(ReadOnlySpan<byte> name, Span<byte> target)
    {
        var reader = new MessagePackReader(name, PayloadLimits.Default);
        var formatted = name[0] == MessagePackPacketReader.UInt64 ? Utf8Formatter.TryFormat(reader.ReadUInt64(), target, out var written) : Utf8Formatter.TryFormat(reader.ReadInt64(), target, out written);
        Debug.Assert(formatted, "Twenty characters hold every integer of 64 bits.");
        return target[..written];
    }
}
