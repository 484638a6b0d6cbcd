using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TypedSockets.Conformance.Tests;

/// <summary>More clients than open files: running out of them would end the server's process, so it refuses before that.</summary>
public sealed class OpenFileLimitTests
{
    private const int OpenFiles = 2000;
    private const int Clients = 2500;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Server_MoreClientsThanOpenFiles_RefusesAndStaysUp()
    {
        if (!OperatingSystem.IsLinux())
        {
            Assert.Skip("The limit of open files is set with ulimit, which only Linux's shell has like this.");
        }

        await using var host = StartHost();
        var address = await host.ReadAddressAsync().WaitAsync(s_patience, TestContext.Current.CancellationToken);
        var outcomes = await ConnectAllAsync(address).WaitAsync(s_patience, TestContext.Current.CancellationToken);
        var accepted = outcomes.Count(outcome => outcome.Status == 101);
        var refused = outcomes.Count(outcome => outcome.Status == 503);

        Assert.False(host.HasExited);
        Assert.InRange(accepted, 1000, OpenFiles);
        Assert.True(refused > 0, $"{accepted} accepted, {refused} refused, {Clients - accepted - refused} closed without an answer");

        // The sessions that are open go on, and there is room again when they leave.
        var session = outcomes.First(outcome => outcome.Status == 101).Client;
        await session.Client.SendAsync(RawPeer.Frame(0x82, RawPeer.Connect, isMasked: true), TestContext.Current.CancellationToken);
        foreach (var (_, client) in outcomes)
        {
            client.Dispose();
        }

        await using var late = await JoinEventuallyAsync(address).WaitAsync(s_patience, TestContext.Current.CancellationToken);
        Assert.False(host.HasExited);
    }

    private static HostProcess StartHost()
    {
        var program = Path.Combine(AppContext.BaseDirectory, "ConformanceHost.dll");
        return HostProcess.Start("bash", "-c", $"ulimit -n {OpenFiles}; exec dotnet '{program}' --urls http://127.0.0.1:0 --calm true");
    }

    private static async Task<(int? Status, TcpClient Client)[]> ConnectAllAsync(IPEndPoint address)
    {
        using var gate = new SemaphoreSlim(200);
        return await Task.WhenAll(Enumerable.Range(0, Clients).Select(async _ =>
        {
            await gate.WaitAsync();
            try
            {
                return await ConnectAsync(address);
            }
            finally
            {
                gate.Release();
            }
        }));
    }

    /// <summary>Opens a session and keeps it. The status is null when the server closed the connection without an answer.</summary>
    private static async Task<(int? Status, TcpClient Client)> ConnectAsync(IPEndPoint address)
    {
        var client = new TcpClient();
        try
        {
            await client.ConnectAsync(address);
            var request = $"GET /socket.io/?EIO=4&transport=websocket&codec=ts1 HTTP/1.1\r\nHost: {address}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {RawPeer.Key}\r\n\r\n";
            await client.Client.SendAsync(Encoding.ASCII.GetBytes(request));
            var answer = new byte["HTTP/1.1 101".Length];
            await client.GetStream().ReadExactlyAsync(answer);
            return (int.Parse(Encoding.ASCII.GetString(answer)[^3..], System.Globalization.CultureInfo.InvariantCulture), client);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            return (null, client);
        }
    }

    private static async Task<RawPeer> JoinEventuallyAsync(IPEndPoint address)
    {
        while (true)
        {
            var (status, client) = await ConnectAsync(address);
            client.Dispose();
            if (status == 101)
            {
                return await RawPeer.JoinAsync(new Uri($"http://{address}"));
            }
        }
    }
}
