extern alias NewBuild;
extern alias OldBuild;

using System.Threading.Channels;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Client;
using TypedSockets.Server;
using New = NewBuild::Skew;
using Old = OldBuild::Skew;

namespace TypedSockets.Integration.Tests.Skew;

/// <summary>Two builds of one contract, each compiled on its own, meet: an older client and a newer server, and the other way round.</summary>
public sealed class SkewTests : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly SkewLog _log = new();
    private readonly Channel<ConnectionEvent> _changes = Channel.CreateUnbounded<ConnectionEvent>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ContractPolicy.Compatible, TransportKind.WebSocket)]
    [InlineData(ContractPolicy.Compatible, TransportKind.Polling)]
    [InlineData(ContractPolicy.Lenient, TransportKind.WebSocket)]
    public async Task OlderClient_OfAContractThatHasGrown_UsesWhatBothHave(ContractPolicy policy, TransportKind transport)
    {
        await using var server = await StartAsync(NewHubs.Add, policy);
        await using var socket = Socket(server, policy, transport);
        var shop = socket.Open(Old.IShopServer.Contract, new OldViews(_log));

        await socket.ConnectAsync(Cancellation);

        AssertAgreement((await NextAsync<Connected>()).Agreement, "Retire", "Advised", "Advise,Announced");
        AssertAgreement((await _log.NextConnectedAsync()).Agreement, "Advised", "Retire", "Advise,Announced");
        Assert.Equal(new Old.Receipt(1, "tea 2 nothing 1.5"), await shop.Order(new Old.Item("tea", 2)));
        Assert.Equal("tea 3", await shop.Describe("tea"));
        Assert.Equal("Event 'IShopServer.Retire' was not sent: the peer's build of the contract does not have it.", Assert.Throws<EventNotSupportedException>(() => shop.Retire("old")).Message);
        Assert.Equal("Event 'IShopServer.Advised' was not sent: the peer's build of the contract does not have it.", await shop.Raise("hello"));
        Assert.Equal("hello", await _log.NextToldAsync());
    }

    [Theory]
    [InlineData(ContractPolicy.Compatible, TransportKind.WebSocket)]
    [InlineData(ContractPolicy.Compatible, TransportKind.Polling)]
    [InlineData(ContractPolicy.Lenient, TransportKind.WebSocket)]
    public async Task NewerClient_OfAContractThatHasGrown_UsesWhatBothHave(ContractPolicy policy, TransportKind transport)
    {
        await using var server = await StartAsync(OldHubs.Add, policy);
        await using var socket = Socket(server, policy, transport);
        var shop = socket.Open(New.IShopServer.Contract, new NewViews(_log));

        await socket.ConnectAsync(Cancellation);

        AssertAgreement((await NextAsync<Connected>()).Agreement, "Advise", "Announced", "Retire,Advised");
        AssertAgreement((await _log.NextConnectedAsync()).Agreement, "Announced", "Advise", "Retire,Advised");
        var receipt = await shop.Order(new New.Item("tea", 2, "hot", 9m));
        Assert.Equal(("tea 2", "none"), (receipt.Text, Assert.Single(receipt.Tags)));
        Assert.Equal("tea", await shop.Describe("tea", 7));
        Assert.Throws<EventNotSupportedException>(() => shop.Advise("new"));
        Assert.Equal("Event 'IShopServer.Announced' was not sent: the peer's build of the contract does not have it.", await shop.Raise("hello"));
        Assert.Equal("hello True", await _log.NextToldAsync());
    }

    [Fact]
    public async Task StrictServer_RefusesAnotherBuild_AndBothEndsSeeHowItDiffers()
    {
        await using var server = await StartAsync(NewHubs.Add, ContractPolicy.Strict);
        await using var socket = Socket(server);
        socket.Open(Old.IShopServer.Contract, new OldViews(_log));

        var reason = await RefusedAsync(socket);

        Assert.Equal(Initiator.Remote, reason.Initiator);
        AssertAgreement(reason.Agreement!, "Retire", "Advised", "Advise,Announced");
        Assert.False((await NextAsync<Disconnected>()).WillReconnect);
        var line = await _log.NextLineAsync("was refused namespace '/shop'");
        Assert.Contains("under the policy Strict; missing remotely: Advised; missing locally: Retire; shape changed: ", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StrictClient_RefusesAnotherBuild_AndBothEndsSeeHowItDiffers()
    {
        await using var server = await StartAsync(OldHubs.Add);
        await using var socket = Socket(server, ContractPolicy.Strict);
        socket.Open(New.IShopServer.Contract, new NewViews(_log));

        var reason = await RefusedAsync(socket);

        Assert.Equal(Initiator.Local, reason.Initiator);
        AssertAgreement(reason.Agreement!, "Advise", "Announced", "Retire,Advised");
        Assert.Contains("missing remotely: Advise; missing locally: Announced", await _log.NextLineAsync("ended with ContractMismatch"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task StrictEnds_OfOneBuild_AreConnected()
    {
        await using var server = await StartAsync(NewHubs.Add, ContractPolicy.Strict);
        await using var socket = Socket(server, ContractPolicy.Strict);
        var shop = socket.Open(New.IShopServer.Contract, new NewViews(_log));

        await socket.ConnectAsync(Cancellation);

        Assert.Equal("tea 7", await shop.Describe("tea", 7));
        Assert.True((await _log.NextConnectedAsync()).Agreement.IsIdentical);
    }

    /// <summary>It used to be connected, and the first call of a broken event was misread or ended the session.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BrokenContract_IsRefused(bool isOlderClient)
    {
        await using var server = await StartAsync(isOlderClient ? NewHubs.Add : OldHubs.Add);
        await using var socket = Socket(server);
        OpenRating(socket, isOlderClient);

        AssertBroken((await RefusedAsync(socket)).Agreement!, isOlderClient);
        await _log.NextLineAsync("ended with ContractMismatch");
    }

    [Fact]
    public async Task BrokenContract_ThatOnlyTheClientIsLenientAbout_IsRefusedByTheServer()
    {
        await using var server = await StartAsync(NewHubs.Add);
        await using var socket = Socket(server, ContractPolicy.Lenient);
        OpenRating(socket, isOlderClient: true);

        var reason = await RefusedAsync(socket);

        Assert.Equal(Initiator.Remote, reason.Initiator);
        AssertBroken(reason.Agreement!, isOlderClient: true);
        Assert.Contains("incompatible: Rate has its parameter 'what' as 'Int32' instead of 'String'", await _log.NextLineAsync("was refused namespace '/rating'"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BrokenContract_ThatBothAreLenientAbout_IsUsedWithoutItsBrokenEvents(bool isOlderClient)
    {
        await using var server = await StartAsync(isOlderClient ? NewHubs.Add : OldHubs.Add, ContractPolicy.Lenient);
        await using var socket = Socket(server, ContractPolicy.Lenient);
        var (echo, raise, rate) = OpenRating(socket, isOlderClient);

        await socket.ConnectAsync(Cancellation);

        AssertBroken((await NextAsync<Connected>()).Agreement, isOlderClient);
        AssertBroken((await _log.NextConnectedAsync()).Agreement, isOlderClient);
        Assert.Equal("still here", await echo("still here"));
        var exception = await Assert.ThrowsAsync<EventNotSupportedException>(async () => await rate());
        Assert.EndsWith("and one end would misread it.", exception.Message, StringComparison.Ordinal);
        Assert.Contains("'IRatingServer.Rated' was not sent: the server's build of the contract has its parameter", await raise("hello"), StringComparison.Ordinal);
        // Sent to everybody, it came here too, and was let be.
        Assert.Equal("hello", await _log.NextToldAsync());
    }

    /// <summary>The client asks twice, and says both times who it is.</summary>
    [Fact]
    public async Task OlderClient_ThatSaysWhoItIs_IsStillKnown()
    {
        await using var server = await StartAsync(NewHubs.Add);
        await using var socket = Socket(server);
        var vault = socket.Open(Old.IVaultServer.Contract, new OldViews(_log), _ => new ValueTask<Old.VaultKey?>(new Old.VaultKey("ada")));

        await socket.ConnectAsync(Cancellation);

        Assert.Equal("ada", await vault.WhoAmI());
        Assert.Equal(["Wave"], (await _log.NextConnectedAsync()).Agreement.Unused);
        Assert.Equal(["Wave"], (await NextAsync<Connected>()).Agreement.Unused);
    }

    /// <summary>One contract has another build and two have not: each is connected once.</summary>
    [Fact]
    public async Task SeveralContracts_AreComparedOneByOne()
    {
        await using var server = await StartAsync(NewHubs.Add);
        await using var socket = Socket(server);
        var shop = socket.Open(Old.IShopServer.Contract, new OldViews(_log));
        var rating = socket.Open(New.IRatingServer.Contract, new NewViews(_log));
        await using var peer = new PlayPeer(server.Address);

        await socket.ConnectAsync(Cancellation);
        await peer.Socket.ConnectAsync(Cancellation);

        Assert.Equal("tea 3", await shop.Describe("tea"));
        Assert.Equal("5", await rating.Rate(5));
        Assert.Equal(3, await peer.Server.Sum([1, 2]));
    }

    public void Dispose() => _log.Dispose();

    private Task<PlayServer> StartAsync(Action<TypedSocketsBuilder> add, ContractPolicy policy = ContractPolicy.Compatible) => PlayServer.StartAsync(
        options => options.ContractPolicy = policy,
        configureServices: services =>
        {
            services.AddSingleton(_log);
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(_log));
            add(services.AddTypedSockets());
        });

    private TypedSocket Socket(PlayServer server, ContractPolicy policy = ContractPolicy.Compatible, TransportKind transport = TransportKind.WebSocket)
    {
        var socket = new TypedSocket(server.Address, new TypedSocketOptions { ContractPolicy = policy, Transports = [transport] });
        socket.Lifecycle.Subscribe(change => _changes.Writer.TryWrite(change));
        return socket;
    }

    private (Func<string, ValueTask<string>> Echo, Func<string, ValueTask<string>> Raise, Func<ValueTask<string>> Rate) OpenRating(TypedSocket socket, bool isOlderClient)
    {
        if (isOlderClient)
        {
            var older = socket.Open(Old.IRatingServer.Contract, new OldViews(_log));
            return (older.Echo, older.Raise, () => older.Rate("tea"));
        }

        var newer = socket.Open(New.IRatingServer.Contract, new NewViews(_log));
        return (newer.Echo, newer.Raise, () => newer.Rate(5));
    }

    private static async Task<ContractMismatch> RefusedAsync(TypedSocket socket) =>
        Assert.IsType<ContractMismatch>((await Assert.ThrowsAsync<DisconnectedException>(() => socket.ConnectAsync(Cancellation))).Reason);

    private static void AssertAgreement(ContractAgreement agreement, string missingRemotely, string missingLocally, string unused)
    {
        Assert.Equal((missingRemotely, missingLocally), (string.Join(',', agreement.MissingRemotely), string.Join(',', agreement.MissingLocally)));
        Assert.Equal("Describe,Order,Told", string.Join(',', agreement.ShapeChanged.Order(StringComparer.Ordinal)));
        Assert.Equal(unused, string.Join(',', agreement.Unused));
        Assert.Empty(agreement.Incompatible);
        Assert.False(agreement.IsIdentical);
    }

    private static void AssertBroken(ContractAgreement agreement, bool isOlderClient) => Assert.Equal(
        isOlderClient
            ?
            [
                new IncompatibleEvent("Rate", Side.Server, "has its parameter 'what' as 'Int32' instead of 'String'"),
                new IncompatibleEvent("Rated", Side.Client, "has its parameter 'stars' of 'Int32' in place of 'what' of 'String'"),
            ]
            :
            [
                new IncompatibleEvent("Rate", Side.Server, "has its parameter 'what' as 'String' instead of 'Int32'"),
                new IncompatibleEvent("Rated", Side.Client, "has its parameter 'what' of 'String' in place of 'stars' of 'Int32'"),
            ],
        agreement.Incompatible);

    private async Task<T> NextAsync<T>() where T : ConnectionEvent
    {
        while (true)
        {
            if (await _changes.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(s_patience, Cancellation) is T change)
            {
                return change;
            }
        }
    }
}
