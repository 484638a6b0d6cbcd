using System.Buffers;
using System.Buffers.Text;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace TypedSockets.Formats;

public ref partial struct JsonWriter
{
    // RFC 8259 §7: "quotation mark, reverse solidus, and the control characters (U+0000 through U+001F)".
    private static readonly SearchValues<char> s_escaped = SearchValues.Create([.. Enumerable.Range(0, ' ').Select(code => (char)code), '"', '\\']);

    /// <inheritdoc/>
    public void WriteString(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        WriteText(value);
    }

    /// <inheritdoc/>
    public void WriteChar(char value) => WriteText(new ReadOnlySpan<char>(in value));

    /// <inheritdoc/>
    public void WriteBinary(ReadOnlySpan<byte> value)
    {
        if (_attachments is not null)
        {
            WritePlaceholder(_attachments.Count);
            _attachments.Add(value.ToArray());
            return;
        }

        Reserve(checked(Base64.GetMaxEncodedToUtf8Length(value.Length) + 3));
        _span[_position] = (byte)'"';
        Base64.EncodeToUtf8(value, _span[(_position + 1)..], out _, out var written);
        _position += written + 1;
        CloseText();
    }

    // Socket.IO protocol, "Sending and receiving binary data".
    private void WritePlaceholder(int index)
    {
        BeginObject(2);
        WriteName("_placeholder"u8);
        WriteBoolean(true);
        WriteName("num"u8);
        WriteInt32(index);
        EndObject();
    }

    private void WriteText(scoped ReadOnlySpan<char> value)
    {
        // UTF-8 takes at most three bytes for each UTF-16 code unit.
        Reserve(checked((value.Length * 3) + 3));
        ref var target = ref Target;
        target = (byte)'"';
        var plain = CopyPlain(value, ref Unsafe.Add(ref target, 1));
        _position += plain + 1;
        if (plain != value.Length)
        {
            WriteUnplain(value[plain..]);
        }

        CloseText();
    }

    private void WriteUnplain(scoped ReadOnlySpan<char> rest)
    {
        while (true)
        {
            Reserve(checked((rest.Length * 3) + 8));
            var run = rest.IndexOfAny(s_escaped);
            Utf8.FromUtf16(run < 0 ? rest : rest[..run], _span[_position..], out _, out var written);
            _position += written;
            if (run < 0)
            {
                return;
            }

            WriteEscape(rest[run]);
            rest = rest[(run + 1)..];
        }
    }

    private void WriteEscape(char value)
    {
        var target = _span[_position..];
        target[0] = (byte)'\\';
        target[1] = value switch
        {
            '\b' => (byte)'b',
            '\t' => (byte)'t',
            '\n' => (byte)'n',
            '\f' => (byte)'f',
            '\r' => (byte)'r',
            < ' ' => (byte)'u',
            _ => (byte)value,
        };
        if (target[1] != 'u')
        {
            _position += 2;
            return;
        }

        target[2] = (byte)'0';
        target[3] = (byte)'0';
        target[4] = (byte)('0' + (value >> 4));
        target[5] = (byte)"0123456789abcdef"[value & 0xf];
        _position += 6;
    }

    private void CloseText()
    {
        Reserve(2);
        ref var target = ref Target;
        target = (byte)'"';
        Unsafe.Add(ref target, 1) = (byte)',';
        _position += 2;
    }

    /// <summary>Copies the ASCII characters that need no escape, up to the first other one, and returns how many they are. There is room for all of <paramref name="text"/>.</summary>
    private static int CopyPlain(ReadOnlySpan<char> text, ref byte target)
    {
        ref var source = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text));
        var length = text.Length;
        if (!Vector128.IsHardwareAccelerated || length < 4)
        {
            return CopyPlainSlow(text, ref target);
        }

        if (length < 8)
        {
            // The first four and the last four; the two may overlap.
            var ends = Vector128.Create(
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref source)),
                Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<ushort, byte>(ref Unsafe.Add(ref source, length - 4)))).AsUInt16();
            var bytes = Vector128.NarrowWithSaturation(ends, ends);
            if (Unplain(bytes) != 0)
            {
                return CopyPlainSlow(text, ref target);
            }

            Unsafe.WriteUnaligned(ref target, bytes.AsUInt32().ToScalar());
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, length - 4), bytes.AsUInt32().GetElement(1));
            return length;
        }

        if (length < 16)
        {
            var bytes = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref source), Vector128.LoadUnsafe(ref source, (nuint)length - 8));
            if (Unplain(bytes) != 0)
            {
                return CopyPlainSlow(text, ref target);
            }

            Unsafe.WriteUnaligned(ref target, bytes.AsUInt64().ToScalar());
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref target, length - 8), bytes.AsUInt64().GetElement(1));
            return length;
        }

        for (var position = 0; ; position = Math.Min(position + 16, length - 16))
        {
            var bytes = Vector128.NarrowWithSaturation(Vector128.LoadUnsafe(ref source, (nuint)position), Vector128.LoadUnsafe(ref source, (nuint)position + 8));
            bytes.StoreUnsafe(ref target, (nuint)position);
            var unplain = Unplain(bytes);
            if (unplain != 0)
            {
                return position + BitOperations.TrailingZeroCount(unplain);
            }

            if (position == length - 16)
            {
                return length;
            }
        }
    }

    private static int CopyPlainSlow(ReadOnlySpan<char> text, ref byte target)
    {
        for (var position = 0; position < text.Length; position++)
        {
            var value = text[position];
            if (value is < ' ' or > '~' and not '\x7f' or '"' or '\\')
            {
                return position;
            }

            Unsafe.Add(ref target, position) = (byte)value;
        }

        return text.Length;
    }

    // As signed bytes, those beyond ASCII are below the space as well.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Unplain(Vector128<byte> bytes) =>
        (Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte()
        | Vector128.Equals(bytes, Vector128.Create((byte)'"'))
        | Vector128.Equals(bytes, Vector128.Create((byte)'\\'))).ExtractMostSignificantBits();
}
