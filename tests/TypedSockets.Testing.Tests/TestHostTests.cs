using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;

namespace TypedSockets.Testing.Tests;

public sealed class TestHostTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Client_CallsTheHubAndIsCalledBack(bool speaksSocketIO)
    {
        await using var host = Party.Create();
        var client = await host.ConnectAsync("ada", new TestClientOptions { SpeaksSocketIO = speaksSocketIO });
        Assert.Equal(5, await client.Server.Add(2, 3));
        Assert.Equal("why!", await client.Server.AskMeBack("why"));
        client.Server.Note(7);
        await host.SettleAsync();
        Assert.Equal(["ada 7"], host.Book().Entries);
        Assert.Equal(speaksSocketIO ? ContractAgreement.Unknown : ContractAgreement.Identical, (await client.Lifecycle.NextAsync<Connected>()).Agreement);
    }

    [Fact]
    public async Task Hub_SeesWhoTheClientIs()
    {
        await using var host = Party.Create();
        var options = new TestClientOptions { UserId = "u1", RemoteAddress = IPAddress.Parse("10.1.2.3") };
        var client = await host.ConnectAsync("ada", options);
        Assert.Equal("ada u1 10.1.2.3 WebSocket", await client.Server.WhoAmI());
    }

    [Fact]
    public async Task Connect_TheHubRefuses_FailsWithItsText()
    {
        await using var host = Party.Create();
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => host.ConnectAsync("gatecrasher"));
        Assert.Equal("You are not invited.", Assert.IsType<Unauthorized>(exception.Reason).Text);
    }

    [Fact]
    public async Task Connect_AllowRequestRefuses_IsForbiddenAsOverHttp()
    {
        await using var host = Party.Create(options => options.AllowRequest = context =>
            new(context.User.Identity?.IsAuthenticated is true && context.Request.Headers.Authorization == "Bearer t" ? null : "Members only."));
        var socket = new TypedSocketOptions { AccessTokenProvider = _ => new("t") };
        await host.ConnectAsync("ada", new TestClientOptions { UserId = "u1", Socket = socket });
        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => host.ConnectAsync("ben", new TestClientOptions { Socket = socket }));
        Assert.Equal(new HandshakeRejected(403, "Members only."), exception.Reason);
    }

    [Fact]
    public async Task Connect_TooManySessions_IsRefusedAndTriedAgain()
    {
        await using var host = Party.Create(options => options.MaxConnections = 1);
        var first = await host.ConnectAsync("ada");
        var second = host.CreateClient();
        second.Socket.Open(IPartyServer.Contract, new Guest());
        var connecting = second.ConnectAsync();
        Assert.Equal(503, Assert.IsType<HandshakeRejected>((await second.Lifecycle.NextAsync<Disconnected>()).Reason).Status);
        await second.Lifecycle.NextAsync<Connecting>();

        await first.DisposeAsync();
        await host.AdvanceAsync(TimeSpan.FromSeconds(1));
        await connecting;
    }

    [Fact]
    public async Task Disconnect_ByTheHub_BothEndsSeeIt()
    {
        await using var host = Party.Create();
        var client = await host.ConnectAsync("ada");
        await Assert.ThrowsAsync<DisconnectedException>(() => client.Server.Leave("Closing time.").AsTask());
        Assert.Equal(new Disconnected(new ServerDisconnect("Closing time.") { Initiator = Initiator.Remote }, WillReconnect: false), await client.Lifecycle.NextAsync<Disconnected>());
        Assert.Equal(new ServerDisconnect("Closing time."), (await client.ServerLifecycle.NextAsync<Disconnected>()).Reason);
    }

    [Fact]
    public async Task Dispose_OfAClient_SaysGoodbye()
    {
        await using var host = Party.Create();
        var client = await host.ConnectAsync("ada");
        await client.DisposeAsync();
        Assert.Equal(new ClientDisconnect { Initiator = Initiator.Remote }, (await client.ServerLifecycle.NextAsync<Disconnected>()).Reason);
    }

    [Fact]
    public async Task Dispose_WhileTheServerReadsNothing_DoesNotWaitForTime()
    {
        var host = Party.Create(options => options.MaxQueuedEventBytes = 1024);
        var book = host.Book();
        var client = await host.ConnectAsync("ada");
        var waiting = client.Server.WaitForever(TestContext.Current.CancellationToken).AsTask();
        await book.Waiting.Task;
        for (var number = 0; number < 50; number++)
        {
            client.Server.Note(number);
        }

        await client.DisposeAsync();
        await Assert.ThrowsAsync<DisconnectedException>(() => waiting);
        await host.DisposeAsync();
        await book.Cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Handler_Throws_TheServersEndRecordsIt()
    {
        await using var host = Party.Create();
        var client = await host.ConnectAsync("ada");
        await Assert.ThrowsAsync<RemoteException>(() => client.Server.Throw("broken").AsTask());
        var failed = await client.ServerLifecycle.NextAsync<HandlerFailed>();
        Assert.Equal(("IPartyServer.Throw", "broken"), (failed.Event, failed.Exception.Message));
    }

    [Fact]
    public async Task Create_WithoutAServer_SaysWhatIsMissing()
    {
        await using var host = TypedSocketsTestHost.Create(_ => { });
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);
        Assert.Contains("AddTypedSockets", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_OutOfRange_KeepTheHostFromStarting()
    {
        await using var host = Party.Create(options => options.HeartbeatInterval = TimeSpan.Zero);
        var exception = await Assert.ThrowsAnyAsync<Exception>(host.StartAsync);
        Assert.Contains("HeartbeatInterval", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Time_IsTheHostsForEveryService()
    {
        await using var host = Party.Create();
        Assert.Same(host.Time, host.Services.GetRequiredService<TimeProvider>());
    }
}
