using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TypedSockets.Benchmarks.Load.Sockets;

/// <summary>Which of many sockets can be read or written: epoll, level-triggered. For one thread.</summary>
internal sealed unsafe class EventPoll : IDisposable
{
    private const int Capacity = 512;
    private const int Add = 1;
    private const int Modify = 3;
    private const uint ReadableEvent = 0x1;
    private const uint WritableEvent = 0x4;

    // struct epoll_event is packed on x64 only.
    private static readonly int s_dataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int s_eventBytes = s_dataOffset + 8;

    private readonly int _descriptor = Posix.Check(Posix.EpollCreate(Posix.CloseOnExec), "epoll_create1");
    private readonly byte* _events = (byte*)NativeMemory.Alloc((nuint)(Capacity * s_eventBytes));

    /// <summary>Starts watching a socket for reading; <see cref="Ready"/> gives <paramref name="key"/> back.</summary>
    public void Watch(int descriptor, int key) => Control(Add, descriptor, key, writable: false);

    /// <summary>Also reports the socket when it can be written, or no longer does.</summary>
    public void WatchWritable(int descriptor, int key, bool writable) => Control(Modify, descriptor, key, writable);

    /// <summary>Waits for at most <paramref name="timeoutMilliseconds"/>; returns how many sockets are ready.</summary>
    public int Wait(int timeoutMilliseconds)
    {
        var count = Posix.EpollWait(_descriptor, _events, Capacity, timeoutMilliseconds);
        if (count < 0 && Marshal.GetLastPInvokeError() != Posix.Interrupted)
        {
            throw Posix.Failure("epoll_wait");
        }

        return Math.Max(count, 0);
    }

    /// <summary>One of the sockets that the last <see cref="Wait"/> found. An error or a hang-up counts as readable: reading then says what it is.</summary>
    public (int Key, bool Readable, bool Writable) Ready(int index)
    {
        var entry = _events + (index * s_eventBytes);
        var events = Unsafe.ReadUnaligned<uint>(entry);
        return (Unsafe.ReadUnaligned<int>(entry + s_dataOffset), (events & ~WritableEvent) != 0, (events & WritableEvent) != 0);
    }

    public void Dispose()
    {
        _ = Posix.Close(_descriptor);
        NativeMemory.Free(_events);
    }

    private void Control(int operation, int descriptor, int key, bool writable)
    {
        var change = stackalloc byte[16];
        Unsafe.WriteUnaligned(change, ReadableEvent | (writable ? WritableEvent : 0));
        Unsafe.WriteUnaligned(change + s_dataOffset, (ulong)(uint)key);
        _ = Posix.Check(Posix.EpollControl(_descriptor, operation, descriptor, change), "epoll_ctl");
    }
}
