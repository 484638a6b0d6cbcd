namespace TypedSockets.Protocol.Transports;

/// <summary>A packet on its way out, with the messages that come right behind it. Valid as long as the bytes below.</summary>
/// <param name="bytes">The packet.</param>
/// <param name="form">What it is on the transport.</param>
/// <param name="attachments">What comes behind it.</param>
/// <param name="attachmentForm">What the attachments are.</param>
internal readonly ref struct OutgoingPacket(ReadOnlySpan<byte> bytes, PacketForm form, ReadOnlySpan<byte[]> attachments = default, PacketForm attachmentForm = PacketForm.Binary)
{
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public PacketForm Form { get; } = form;

    public ReadOnlySpan<byte[]> Attachments { get; } = attachments;

    public PacketForm AttachmentForm { get; } = attachmentForm;

    /// <summary>How many bytes it is, with its attachments.</summary>
    public long Length
    {
        get
        {
            long length = Bytes.Length;
            foreach (var attachment in Attachments)
            {
                length += attachment.Length;
            }

            return length;
        }
    }
}
