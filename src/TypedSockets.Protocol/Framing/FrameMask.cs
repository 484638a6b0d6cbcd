using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedSockets.Protocol.Framing;

/// <summary>Masks and unmasks payloads in place (RFC 6455 §5.3); the operation is its own inverse.</summary>
internal static class FrameMask
{
    /// <summary>Combines every byte with the key.</summary>
    /// <param name="payload">The bytes; changed in place.</param>
    /// <param name="mask">The key as it lies in memory.</param>
    /// <param name="offset">Where in the frame's payload the bytes begin, so that a payload can be masked in parts.</param>
    public static void Apply(Span<byte> payload, uint mask, int offset = 0)
    {
        // Rotating the key to the offset makes the rest of the work start at its first byte; the byte order of the machine decides the direction.
        var turns = (offset & 3) * 8;
        mask = BitConverter.IsLittleEndian ? BitOperations.RotateRight(mask, turns) : BitOperations.RotateLeft(mask, turns);
        ref var bytes = ref MemoryMarshal.GetReference(payload);
        var index = 0;
        if (Vector.IsHardwareAccelerated && payload.Length >= Vector<byte>.Count)
        {
            var key = Vector.AsVectorByte(new Vector<uint>(mask));
            for (; index <= payload.Length - Vector<byte>.Count; index += Vector<byte>.Count)
            {
                ref var block = ref Unsafe.Add(ref bytes, index);
                (Unsafe.ReadUnaligned<Vector<byte>>(ref block) ^ key).StoreUnsafe(ref block);
            }
        }

        for (; index <= payload.Length - sizeof(uint); index += sizeof(uint))
        {
            ref var word = ref Unsafe.Add(ref bytes, index);
            Unsafe.WriteUnaligned(ref word, Unsafe.ReadUnaligned<uint>(ref word) ^ mask);
        }

        if (index < payload.Length)
        {
            Span<byte> key = stackalloc byte[sizeof(uint)];
            BitConverter.TryWriteBytes(key, mask);
            for (var position = 0; index < payload.Length; index++, position++)
            {
                payload[index] ^= key[position];
            }
        }
    }
}
