using TypedSockets;

namespace Samples.TSOCK0104;

#if VIOLATION
[EventContract("/files")]
public partial interface IFileServer : IServerEvents<IFileServer, IFileClient>
{
    void Upload(string name, IAsyncEnumerable<byte[]> chunks);
}
#else
[EventContract("/files")]
public partial interface IFileServer : IServerEvents<IFileServer, IFileClient>
{
    ValueTask<long> Upload(string name, IAsyncEnumerable<byte[]> chunks);
}
#endif

public interface IFileClient : IClientEvents
{
    void Stored(string name);
}
