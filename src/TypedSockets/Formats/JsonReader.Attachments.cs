namespace TypedSockets.Formats;

public ref partial struct JsonReader
{
    private const int AttachmentsEach = 64;

    // Socket.IO protocol, "Sending and receiving binary data": {"_placeholder":true,"num":N}.
    private ReadOnlySpan<byte> ReadAttachment()
    {
        var isPlaceholder = false;
        var number = -1;
        var left = BeginNamedObject();
        while (HasNext(ref left))
        {
            var name = ReadName();
            if (name.SequenceEqual("_placeholder"u8))
            {
                isPlaceholder = ReadBoolean();
            }
            else if (name.SequenceEqual("num"u8))
            {
                number = ReadInt32();
            }
            else
            {
                Skip();
            }
        }

        EndObject();
        if (!isPlaceholder || (uint)number >= (uint)_attachments.Length)
        {
            throw new PayloadException($"The object that ends at byte {_position} does not stand for one of {_attachments.Length} attachments.");
        }

        // An attachment that could be read often would make a small payload large.
        _attachmentsRead ??= new ulong[(_attachments.Length + AttachmentsEach - 1) / AttachmentsEach];
        ref var bits = ref _attachmentsRead[number / AttachmentsEach];
        var bit = 1ul << (number % AttachmentsEach);
        if ((bits & bit) != 0)
        {
            throw new PayloadException($"Attachment {number} is used a second time at byte {_position}.");
        }

        bits |= bit;
        return _attachments[number].Span;
    }
}
