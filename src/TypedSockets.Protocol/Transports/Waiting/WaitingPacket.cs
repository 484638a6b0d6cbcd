namespace TypedSockets.Protocol.Transports.Waiting;

/// <summary>A packet in an <see cref="Outbox"/>. Owns its bytes.</summary>
internal sealed class WaitingPacket
{
    private byte[] _bytes = [];
    private int _length;
    private PacketForm _form;
    private byte[][] _attachments = [];
    private PacketForm _attachmentForm;

    /// <param name="key">What a newer packet must have in common with this one to replace it; null for one that nothing replaces.</param>
    public WaitingPacket(byte[]? key)
    {
        Key = key;
        Place = new LinkedListNode<WaitingPacket>(this);
        Age = key is null ? null : new LinkedListNode<WaitingPacket>(this);
    }

    public byte[]? Key { get; }

    /// <summary>Its place among all that waits.</summary>
    public LinkedListNode<WaitingPacket> Place { get; }

    /// <summary>Its place among those that may be replaced; null if it may not.</summary>
    public LinkedListNode<WaitingPacket>? Age { get; }

    /// <summary>How many bytes wait for it, its key's included.</summary>
    public long Size { get; private set; }

    public OutgoingPacket Packet => new(_bytes.AsSpan(0, _length), _form, _attachments, _attachmentForm);

    public static long SizeOf(scoped in OutgoingPacket packet, int keyLength) => packet.Length + keyLength;

    public void Set(scoped in OutgoingPacket packet)
    {
        // Whatever is replaced again and again is seldom much longer or shorter than before.
        if (_bytes.Length < packet.Bytes.Length || _bytes.Length > 2 * packet.Bytes.Length)
        {
            _bytes = new byte[packet.Bytes.Length];
        }

        packet.Bytes.CopyTo(_bytes);
        (_length, _form, _attachmentForm) = (packet.Bytes.Length, packet.Form, packet.AttachmentForm);
        _attachments = packet.Attachments.IsEmpty ? [] : Copy(packet.Attachments);
        Size = SizeOf(packet, Key?.Length ?? 0);
    }

    // What is attached may be the caller's own array, who is free to go on with it.
    private static byte[][] Copy(ReadOnlySpan<byte[]> attachments)
    {
        var copies = new byte[attachments.Length][];
        for (var index = 0; index < copies.Length; index++)
        {
            copies[index] = [.. attachments[index]];
        }

        return copies;
    }
}
