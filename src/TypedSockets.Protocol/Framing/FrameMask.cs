using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        if (Vector256.IsHardwareAccelerated)
        {
            var key = Vector256.Create(mask).AsByte();
            for (; index <= payload.Length - Vector256<byte>.Count; index += Vector256<byte>.Count)
            {
                ref var block = ref Unsafe.Add(ref bytes, index);
                (Vector256.LoadUnsafe(ref block) ^ key).StoreUnsafe(ref block);
            }
        }

        var wide = mask | ((ulong)mask << 32);
        for (; index <= payload.Length - sizeof(ulong); index += sizeof(ulong))
        {
            ref var word = ref Unsafe.Add(ref bytes, index);
            Unsafe.WriteUnaligned(ref word, Unsafe.ReadUnaligned<ulong>(ref word) ^ wide);
        }

        if (index < payload.Length)
        {
            // Up to seven bytes are left: the key is needed twice.
            Span<byte> key = stackalloc byte[sizeof(ulong)];
            BitConverter.TryWriteBytes(key, wide);
            for (var position = 0; index < payload.Length; index++, position++)
            {
                payload[index] ^= key[position];
            }
        }
    }
}
