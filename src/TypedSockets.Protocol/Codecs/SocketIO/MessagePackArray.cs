using System.Buffers.Binary;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>The first bytes of a MessagePack array (MessagePack specification, "array format family"), for those who put one together from the parts of another.</summary>
internal static class MessagePackArray
{
    public const byte Empty = FixArray;
    public const int MaxHeadSize = 5;

    private const byte FixArray = 0x90;
    private const byte Array16 = 0xdc;
    private const byte Array32 = 0xdd;

    /// <summary>Writes the head and returns its size.</summary>
    public static int WriteHead(Span<byte> target, int count)
    {
        switch (count)
        {
            case <= 15:
                target[0] = (byte)(FixArray | count);
                return 1;
            case <= ushort.MaxValue:
                target[0] = Array16;
                BinaryPrimitives.WriteUInt16BigEndian(target[1..], (ushort)count);
                return 3;
            default:
                target[0] = Array32;
                BinaryPrimitives.WriteInt32BigEndian(target[1..], count);
                return MaxHeadSize;
        }
    }
}
