using System.Runtime.InteropServices;

namespace TypedSockets.Benchmarks.Processes;

/// <summary>
/// Counts one-way events in a server. Each thread counts for itself, because one shared counter would cost as much as handling the event does in the fastest systems.
/// </summary>
internal static class IngestTally
{
    private static readonly List<Cell> s_cells = [];

    [ThreadStatic]
    private static Cell? s_own;

    public static void Add(uint tick)
    {
        var own = s_own ?? CreateCell();
        own.Count++;
        own.TickSum += tick;
    }

    public static (long Count, ulong TickSum) Total()
    {
        lock (s_cells)
        {
            var (count, tickSum) = (0L, 0UL);
            foreach (var cell in s_cells)
            {
                count += Volatile.Read(ref cell.Count);
                tickSum += Volatile.Read(ref cell.TickSum);
            }

            return (count, tickSum);
        }
    }

    private static Cell CreateCell()
    {
        s_own = new Cell();
        lock (s_cells)
        {
            s_cells.Add(s_own);
        }

        return s_own;
    }

    // The cells of two threads never share a cache line, wherever the garbage collector puts them.
    [StructLayout(LayoutKind.Explicit, Size = 192)]
    private sealed class Cell
    {
        [FieldOffset(64)]
        public long Count;

        [FieldOffset(72)]
        public ulong TickSum;
    }
}
