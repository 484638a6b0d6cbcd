using Xunit;

namespace Chat.Tests.Processes;

/// <summary>The chat server, started as people start it, on a port of its own.</summary>
public sealed class ChatServer : IAsyncLifetime
{
    private const string Announcement = "The chat is open: ";

    private DotnetProcess? _process;
    private Uri? _address;

    /// <summary>Where it can be reached.</summary>
    public Uri Address => _address ?? throw new InvalidOperationException("The server has not started.");

    public async ValueTask InitializeAsync() => await StartAsync(port: 0);

    /// <summary>Ends the process without a word to anybody.</summary>
    public async Task KillAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Starts the server again where it was.</summary>
    public Task StartAgainAsync() => StartAsync(Address.Port);

    public async ValueTask DisposeAsync() => await KillAsync();

    private async Task StartAsync(int port)
    {
        _process = new DotnetProcess("Chat", "--urls", $"http://127.0.0.1:{port}");
        var line = await _process.ReadUntilAsync(Announcement, TestContext.Current.CancellationToken);
        _address = new Uri(line[(line.IndexOf(Announcement, StringComparison.Ordinal) + Announcement.Length)..]);
    }
}
