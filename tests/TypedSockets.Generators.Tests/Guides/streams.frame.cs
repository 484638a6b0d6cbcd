// program
using System.Runtime.CompilerServices;

// block 1

// block 2

    public async IAsyncEnumerable<Match> Search(IAsyncEnumerable<string> words)
    {
        await foreach (var word in words)
        {
            yield return new Match(word, "");
        }
    }
}

public sealed class FileStore
{
    public IAsyncEnumerable<Entry> Enumerate(string folder, CancellationToken cancellationToken) => AsyncEnumerable.Empty<Entry>();

    public ValueTask<long> Append(string name, byte[] chunk) => new(chunk.Length);
}

public static class Program
{
    public static async Task Main()
    {
        await using var socket = new TypedSocket("http://localhost:5000");
        var files = socket.Open(IFileServer.Contract, new FileView());
        await socket.ConnectAsync();
        await UseAsync(files, CancellationToken.None);
    }

    private static async Task UseAsync(IFileServer files, CancellationToken cancellationToken)
    {
        // block 3
    }

    private static IAsyncEnumerable<byte[]> ReadChunks(string path) => AsyncEnumerable.Empty<byte[]>();
}

public sealed class FileView : IFileClient
{
    public IAsyncEnumerable<Entry> Local(string folder) => AsyncEnumerable.Empty<Entry>();
}
