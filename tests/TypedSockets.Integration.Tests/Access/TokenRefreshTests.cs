using System.Net.WebSockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Client;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>Sessions whose authentication expires, on a clock that the test moves.</summary>
public sealed class TokenRefreshTests
{
    private static readonly TimeSpan s_asked = TimeSpan.FromSeconds(541);
    private static readonly TimeSpan s_expired = TimeSpan.FromSeconds(601);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly SteppedTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>On HTTP long-polling every request is authenticated too, and carries the new token.</summary>
    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task NewToken_InTime_KeepsTheSession_AndChangesTheUser(TransportKind transport)
    {
        await using var server = await CellarServer.StartAsync(_time, configureEndpoint: endpoint => endpoint.RequireAuthorization());
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;clerk;600", "ada;keeper;1200") with { Transports = [transport] });
        Assert.Equal("ada clerk", await peer.Cellar.Look());
        var connected = await peer.NextAsync<Connected>();

        _time.MoveTo(s_asked);
        await server.Log.WaitForAsync("seen ada keeper");
        _time.MoveTo(s_expired);

        Assert.Equal("ada keeper", await peer.Cellar.Look());
        Assert.Equal("door 7", await peer.Cellar.Open(7));
        Assert.Equal(ConnectionState.Connected, peer.Socket.State);
        await peer.Socket.CloseAsync();
        Assert.IsType<ClientDisconnect>(await server.Log.WaitForEndAsync(connected.ConnectionId));
    }

    /// <summary>An endpoint whose policy names several schemes merges what they say of the user, then and now.</summary>
    [Fact]
    public async Task NewToken_WhereAPolicyNamesSeveralSchemes_IsCheckedByAll()
    {
        const string Other = "OtherToken";
        await using var server = await CellarServer.StartAsync(
            _time,
            services => services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, TokenScheme>(Other, null),
            endpoint => endpoint.RequireAuthorization(new AuthorizeAttribute { AuthenticationSchemes = $"{TokenScheme.Name},{Other}" }));
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;clerk;600", "ada;keeper;1200"));
        Assert.Equal("ada clerk", await peer.Cellar.Look());

        _time.MoveTo(s_asked);
        await server.Log.WaitForAsync("seen ada keeper");
        _time.MoveTo(s_expired);

        Assert.Equal("ada keeper", await peer.Cellar.Look());
        Assert.Equal(ConnectionState.Connected, peer.Socket.State);
    }

    /// <summary>Authentication may accept it, for clocks that differ; a session would end as soon as it is open, and the client come back with the same again and again.</summary>
    [Theory]
    [InlineData(TransportKind.WebSocket)]
    [InlineData(TransportKind.Polling)]
    public async Task Handshake_WithWhatHasExpired_IsRefused_AndNotTriedAgain(TransportKind transport)
    {
        await using var server = await CellarServer.StartAsync(_time, configure: options => options.AuthenticationExpiration = _ => _time.GetUtcNow());
        await using var peer = new CellarPeer(server, CellarServer.With("ada;clerk;600") with { Transports = [transport] });

        var exception = await Assert.ThrowsAsync<DisconnectedException>(() => peer.Socket.ConnectAsync(Token));

        Assert.Equal(401, Assert.IsType<HandshakeRejected>(exception.Reason).Status);
        Assert.False((await peer.NextAsync<Disconnected>()).WillReconnect);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NoNewToken_EndsTheSession_AndTheClientComesBackWithOne(bool speaksTs1)
    {
        await using var server = await CellarServer.StartAsync(_time);
        var tokens = speaksTs1 ? (string[])["ada;clerk;600", "ada;clerk;600", "ada;keeper;1200"] : ["ada;clerk;600", "ada;keeper;1200"];
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With(tokens), speaksTs1);
        var connected = await peer.NextAsync<Connected>();

        _time.MoveTo(s_asked);
        if (speaksTs1)
        {
            // Asked for a new one, it sends the one that it has, and is not asked again.
            await server.Log.WaitForAsync("seen ada clerk again");
        }

        _time.MoveTo(s_expired);

        Assert.Equal(new AuthenticationExpired(), await server.Log.WaitForEndAsync(connected.ConnectionId));
        var ended = await peer.NextAsync<Disconnected>();
        Assert.True(ended.WillReconnect);
        // Socket.IO has no word for why.
        Assert.Equal(speaksTs1 ? DisconnectCode.AuthenticationExpired : DisconnectCode.TransportClose, ended.Reason.Code);
        await peer.NextAsync<Connected>();
        Assert.Equal("ada keeper", await peer.Cellar.Look());
    }

    [Theory]
    [InlineData("eve;keeper;1200", "The new token is another user's.")]
    [InlineData("no token", "The new token is not accepted.")]
    [InlineData("ada;keeper;5", "The new token is not accepted.")]
    public async Task NewToken_ThatIsNotTheUsers_EndsTheSession_AndNoOther(string token, string text)
    {
        await using var server = await CellarServer.StartAsync(_time);
        await using var other = await CellarPeer.ConnectAsync(server, CellarServer.With("bob;clerk;6000"));
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;clerk;600", token));
        var connected = await peer.NextAsync<Connected>();

        _time.MoveTo(s_asked);

        Assert.Equal(new Disconnected(new Unauthorized(text) { Initiator = Initiator.Remote }, WillReconnect: false), await peer.NextAsync<Disconnected>());
        Assert.Equal(new Unauthorized(text), await server.Log.WaitForEndAsync(connected.ConnectionId));
        Assert.Equal("bob clerk", await other.Cellar.Look());
    }

    [Fact]
    public async Task NewToken_OfAUserWhoMayNotBeThereAnyMore_EndsTheNamespace()
    {
        await using var server = await CellarServer.StartAsync(_time);
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;clerk;600", "ada;banned;1200"));

        _time.MoveTo(s_asked);

        Assert.Equal(new Unauthorized("The user may not connect.") { Initiator = Initiator.Remote }, (await peer.NextAsync<Disconnected>()).Reason);
    }

    /// <summary>Whom the policy cannot be asked about is not let be.</summary>
    [Fact]
    public async Task NewToken_ThatThePolicyFailsAt_EndsTheNamespace()
    {
        await using var server = await CellarServer.StartAsync(_time);
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;clerk;600", "ada;unheard-of;1200"));

        _time.MoveTo(s_asked);

        Assert.Equal("CellarHub.Authorize", Assert.IsType<HandlerFault>((await peer.NextAsync<Disconnected>()).Reason).Event);
    }

    /// <summary>Who cannot be asked says nothing about the user: the session goes on until it would have ended anyway.</summary>
    [Fact]
    public async Task NewToken_ThatCannotBeChecked_ChangesNothing()
    {
        await using var server = await CellarServer.StartAsync(_time);
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;clerk;600", "broken", "ada;keeper;1200"));

        _time.MoveTo(s_asked);
        Assert.Equal("ada clerk", await peer.Cellar.Look());
        _time.MoveTo(s_expired);

        Assert.IsType<AuthenticationExpired>((await peer.NextAsync<Disconnected>()).Reason);
        await peer.NextAsync<Connected>();
        Assert.Equal("ada keeper", await peer.Cellar.Look());
    }

    [Fact]
    public async Task Provider_ThatThrowsWhenAskedAgain_IsReported()
    {
        await using var server = await CellarServer.StartAsync(_time);
        var asked = 0;
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("unused") with
        {
            AccessTokenProvider = _ => asked++ == 0 ? new("ada;clerk;600") : throw new InvalidOperationException("Signed out."),
        });

        _time.MoveTo(s_asked);

        var failed = await peer.NextAsync<HandlerFailed>();
        Assert.Equal(("AccessTokenProvider", "Signed out."), (failed.Event, failed.Exception.Message));
        Assert.Equal("ada clerk", await peer.Cellar.Look());
    }

    [Fact]
    public async Task Option_DecidesWhenTheAuthenticationExpires()
    {
        await using var server = await CellarServer.StartAsync(_time, configure: options => options.AuthenticationExpiration = _ => null);
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;clerk;600"));

        _time.MoveTo(s_expired);

        Assert.Equal("ada clerk", await peer.Cellar.Look());
    }

    /// <summary>A check of a token has its price, so a client cannot have as many as it likes.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_ThatNobodyAskedFor_EndsTheSession(bool isToken)
    {
        await using var server = await CellarServer.StartAsync(_time);
        await using var other = await CellarPeer.ConnectAsync(server, CellarServer.With("bob;clerk;6000"));
        using var socket = await ConnectAsync(server);
        using var packet = PayloadBuffer.Rent();
        await socket.SendAsync((isToken ? Ts1Writer.WriteToken(packet, "ada;keeper;1200") : Ts1Writer.WriteTokenWanted(packet, s_patience)).ToArray(), WebSocketMessageType.Binary, true, Token);

        var reason = Assert.IsType<ForcedClose>(ReasonCodec.Read(await ReadAsync(socket, NamespacePacketType.Close)));

        Assert.Equal(isToken ? "A TOKEN packet came that the server had not asked for." : "A client sent a packet of type TokenWanted; only a server may.", reason.Violation);
        Assert.Equal("bob clerk", await other.Cellar.Look());
    }

    /// <summary>One question, one check: the second of two answers is one that nobody asked for.</summary>
    [Fact]
    public async Task Token_ThatIsSentTwice_EndsTheSession()
    {
        await using var server = await CellarServer.StartAsync(_time, configure: options => options.ConnectTimeout = TimeSpan.FromDays(1));
        using var socket = await ConnectAsync(server);
        _time.MoveTo(s_asked);
        await ReadAsync(socket, NamespacePacketType.TokenWanted);
        using var packet = PayloadBuffer.Rent();
        var token = Ts1Writer.WriteToken(packet, "ada;keeper;1200").ToArray();

        await socket.SendAsync((byte[])[.. token, .. token], WebSocketMessageType.Binary, true, Token);

        var reason = Assert.IsType<ForcedClose>(ReasonCodec.Read(await ReadAsync(socket, NamespacePacketType.Close)));
        Assert.Equal("A TOKEN packet came that the server had not asked for.", reason.Violation);
    }

    [Theory]
    [InlineData("03100091")]
    [InlineData("0410009107")]
    [InlineData("0510009200a0")]
    [InlineData("0510009101a0")]
    public async Task Token_ThatCannotBeRead_IsAParseError(string packet)
    {
        await using var server = await CellarServer.StartAsync(_time);
        using var socket = await ConnectAsync(server);

        await socket.SendAsync(Convert.FromHexString(packet), WebSocketMessageType.Binary, true, Token);

        var reason = Assert.IsType<ParseError>(ReasonCodec.Read(await ReadAsync(socket, NamespacePacketType.Close)));
        Assert.StartsWith("A TOKEN packet cannot be read: ", reason.Detail, StringComparison.Ordinal);
    }

    /// <summary>A token is as long as any other packet may be; what is longer never comes to be checked.</summary>
    [Fact]
    public async Task NewToken_OfAbsurdLength_IsNotAccepted()
    {
        await using var server = await CellarServer.StartAsync(_time);
        await using var peer = await CellarPeer.ConnectAsync(server, CellarServer.With("ada;clerk;600", new string('x', 500_000)));

        _time.MoveTo(s_asked);

        Assert.Equal(new Unauthorized("The new token is not accepted.") { Initiator = Initiator.Remote }, (await peer.NextAsync<Disconnected>()).Reason);
    }

    private static async Task<ClientWebSocket> ConnectAsync(PlayServer server)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", "Bearer ada;clerk;600");
        await socket.ConnectAsync(new Uri($"{server.Address.Replace("http", "ws", StringComparison.Ordinal)}/socket.io/?EIO=4&transport=websocket&codec=ts1"), Token);
        return socket;
    }

    private static async Task<byte[]> ReadAsync(ClientWebSocket socket, NamespacePacketType type)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(), Token).AsTask().WaitAsync(s_patience, Token);
            if (received.MessageType is WebSocketMessageType.Binary)
            {
                ReadOnlySpan<byte> message = buffer.AsSpan(0, received.Count);
                var packet = Ts1Reader.Read(ref message);
                if (packet.Type == type)
                {
                    return packet.Payload.ToArray();
                }
            }
        }
    }
}
