using System.Text;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>A namespace as packets name it, prepared once. Immutable.</summary>
internal sealed class SocketIONamespace
{
    private readonly byte[] _utf8;
    private readonly byte[] _textHead;
    private readonly byte[] _messagePack;

    /// <param name="name">Begins with a slash; without a comma and a question mark, which end it on the wire.</param>
    public SocketIONamespace(string name)
    {
        if (!IsValid(name))
        {
            throw new ArgumentException($"'{name}' is no namespace of Socket.IO: it begins with a slash and has no comma and no question mark.", nameof(name));
        }

        Name = name;
        _utf8 = Encoding.UTF8.GetBytes(name);
        // socket.io-protocol: the namespace is left out where it is the main one.
        _textHead = name == "/" ? [] : [.. _utf8, (byte)','];
        _messagePack = ToMessagePack(name);
    }

    public string Name { get; }

    /// <summary>The name as <see cref="SocketIOPacket.Namespace"/> has it.</summary>
    public ReadOnlySpan<byte> Utf8 => _utf8;

    /// <summary>What stands behind the type of a text packet.</summary>
    public ReadOnlySpan<byte> TextHead => _textHead;

    /// <summary>The name as a MessagePack value.</summary>
    public ReadOnlySpan<byte> MessagePack => _messagePack;

    /// <summary>Cuts off what stands behind a question mark: clients of old put the query of their address there.</summary>
    public static ReadOnlySpan<byte> WithoutQuery(ReadOnlySpan<byte> name)
    {
        var length = name.IndexOf((byte)'?');
        return length < 0 ? name : name[..length];
    }

    /// <summary>Returns null when the name is that of no namespace.</summary>
    public static SocketIONamespace? TryCreate(string name) => IsValid(name) ? new SocketIONamespace(name) : null;

    public override string ToString() => Name;

    private static bool IsValid(string name) => name.StartsWith('/') && !name.AsSpan().ContainsAny(',', '?');

    private static byte[] ToMessagePack(string text)
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        writer.WriteString(text);
        writer.Flush();
        return buffer.Written.ToArray();
    }
}
