using System.Buffers.Binary;

namespace TypedSockets.Formats;

public ref partial struct MessagePackReader
{
    /// <inheritdoc/>
    public void Skip() => Skip(1);

    private void Skip(long values)
    {
        // Counts the values that are still to come instead of recursing, so no nesting of hostile bytes can exhaust the stack; each turn takes at least a byte, so it ends.
        for (; values > 0; values--)
        {
            values += SkipOne();
        }
    }

    /// <summary>Skips a value without what it contains, and returns how many values it contains.</summary>
    private long SkipOne()
    {
        var code = ReadCode();
        switch (code)
        {
            case <= MessagePackCode.MaxFixInt or >= MessagePackCode.MinNegativeFixInt or MessagePackCode.Nil or MessagePackCode.True or MessagePackCode.False:
                return 0;
            case < MessagePackCode.FixArray:
                return (code & 0x0f) * 2;
            case < MessagePackCode.FixString:
                return code & 0x0f;
            case < MessagePackCode.Nil:
                Take(code & 0x1fu);
                return 0;
            case MessagePackCode.Bin8 or MessagePackCode.String8:
                Take(Take(1)[0]);
                return 0;
            case MessagePackCode.Bin16 or MessagePackCode.String16:
                Take(BinaryPrimitives.ReadUInt16BigEndian(Take(2)));
                return 0;
            case MessagePackCode.Bin32 or MessagePackCode.String32:
                Take(BinaryPrimitives.ReadUInt32BigEndian(Take(4)));
                return 0;
            case MessagePackCode.Ext8:
                Take(1u + Take(1)[0]);
                return 0;
            case MessagePackCode.Ext16:
                Take(1u + BinaryPrimitives.ReadUInt16BigEndian(Take(2)));
                return 0;
            case MessagePackCode.Ext32:
                Take(BinaryPrimitives.ReadUInt32BigEndian(Take(4)));
                Take(1);
                return 0;
            case MessagePackCode.UInt8 or MessagePackCode.Int8:
                Take(1);
                return 0;
            case MessagePackCode.UInt16 or MessagePackCode.Int16:
                Take(2);
                return 0;
            case MessagePackCode.UInt32 or MessagePackCode.Int32 or MessagePackCode.Float32:
                Take(4);
                return 0;
            case MessagePackCode.UInt64 or MessagePackCode.Int64 or MessagePackCode.Float64:
                Take(8);
                return 0;
            case >= MessagePackCode.FixExt1 and <= MessagePackCode.FixExt16:
                Take(1u + (1u << (code - MessagePackCode.FixExt1)));
                return 0;
            case MessagePackCode.Array16:
                return BinaryPrimitives.ReadUInt16BigEndian(Take(2));
            case MessagePackCode.Array32:
                return BinaryPrimitives.ReadUInt32BigEndian(Take(4));
            case MessagePackCode.Map16:
                return 2L * BinaryPrimitives.ReadUInt16BigEndian(Take(2));
            case MessagePackCode.Map32:
                return 2L * BinaryPrimitives.ReadUInt32BigEndian(Take(4));
            default:
                throw Unexpected(code, "a value");
        }
    }
}
