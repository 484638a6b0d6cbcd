using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace TypedSockets.Benchmarks.Load.Sockets;

/// <summary>The system calls of the load generator and the floor server, and the Linux constants that go with them.</summary>
internal static unsafe partial class Posix
{
    public const int InternetFamily = 2;
    public const int StreamSocket = 1;
    public const int CloseOnExec = 0x80000;
    public const int SocketLevel = 1;
    public const int Linger = 13;
    public const int TcpLevel = 6;
    public const int TcpNoDelay = 1;
    public const int DoNotWait = 0x40;
    public const int NoSignal = 0x4000;
    public const int Interrupted = 4;
    public const int TryAgain = 11;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, InternetAddress* address, uint length);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, InternetAddress* address, uint length);

    [LibraryImport("libc", EntryPoint = "listen", SetLastError = true)]
    public static partial int Listen(int socket, int backlog);

    [LibraryImport("libc", EntryPoint = "accept4", SetLastError = true)]
    public static partial int Accept(int socket, void* address, uint* length, int flags);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSocketName(int socket, InternetAddress* address, uint* length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int socket, int level, int option, void* value, uint length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "recv", SetLastError = true)]
    public static partial nint Receive(int socket, byte* buffer, nuint length, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    public static partial int EpollCreate(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    public static partial int EpollControl(int poll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    public static partial int EpollWait(int poll, byte* events, int capacity, int timeoutMilliseconds);

    /// <summary>Throws what the last call reported when <paramref name="result"/> is negative.</summary>
    public static int Check(int result, string call)
    {
        if (result < 0)
        {
            throw Failure(call);
        }

        return result;
    }

    public static LoadException Failure(string call)
    {
        var error = Marshal.GetLastPInvokeError();
        return new LoadException($"{call} failed: {Marshal.GetPInvokeErrorMessage(error)} ({error}).");
    }

    /// <summary>struct sockaddr_in; the port is in network order.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct InternetAddress
    {
        public ushort Family;
        public ushort Port;
        public uint Address;
        public ulong Padding;

        public static InternetAddress Loopback(int port) => new()
        {
            Family = InternetFamily,
            Port = BinaryPrimitives.ReverseEndianness((ushort)port),
            Address = 0x0100007F,
        };
    }
}
