using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TypedSockets.Client.Transports;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Transports.Waiting;
using TypedSockets.Server;
using TypedSockets.Server.Authentication;
using TypedSockets.Server.Handshake;
using TypedSockets.Server.Namespaces;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Testing;

/// <summary>What the handshake endpoint is to HTTP: opens the server's end of sessions. Safe for concurrent use.</summary>
internal sealed class InMemoryServer : ISessionObserver
{
    private readonly IServiceProvider _services;
    private readonly SessionRegistry _sessions;
    private readonly EventConnectionFactory _factory;
    private readonly TypedSocketServerOptions _options;

    // As long as the session's object: who ends it may say so when its loop is through already.
    private readonly ConditionalWeakTable<Connection, LifecycleRecording> _recordings = [];
    private readonly ConcurrentBag<Task> _running = [];

    /// <exception cref="InvalidOperationException"><c>AddTypedSockets</c> was not called, or the hubs contradict each other.</exception>
    public InMemoryServer(IServiceProvider services)
    {
        _services = services;
        _sessions = services.GetService<SessionRegistry>()
            ?? throw new InvalidOperationException("The host has no TypedSockets server: call services.AddTypedSockets() where it is created.");
        _sessions.Observer = this;
        _factory = new EventConnectionFactory(services.GetRequiredService<NamespaceRegistry>(), services.GetRequiredService<TokenAuthenticator>());
        _options = services.GetRequiredService<IOptions<TypedSocketServerOptions>>().Value;
    }

    /// <summary>Ends every session at once. Fails with what the loops of sessions threw, which would be a fault of the library's.</summary>
    public async Task EndAsync()
    {
        await _sessions.DrainAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        await Task.WhenAll(_running).ConfigureAwait(false);
    }

    /// <summary>Opens a session, and returns the client's end of its connection.</summary>
    /// <exception cref="DisconnectedException">The server refuses it, or the link is down.</exception>
    public async Task<InMemoryTransport> AcceptAsync(DialRequest request, TestClientOptions client, TestLink link, LifecycleRecording recording)
    {
        if (_options.AllowRequest is { } allow && await allow(CreateContext(request, client)).ConfigureAwait(false) is { } forbidden)
        {
            throw Refuse(new HandshakeFailure(StatusCodes.Status403Forbidden, HandshakeFailure.Forbidden, forbidden));
        }

        if (!_sessions.TryAdmit(out var refusal))
        {
            throw Refuse(refusal);
        }

        var asksForTs1 = request.AsksForTs1 && !client.SpeaksSocketIO;
        InMemoryTransport clientEnd;
        Connection connection;
        try
        {
            (clientEnd, var serverEnd) = link.Open(
                new TransportLimits(client.Socket.MaxPayloadBytes, new QueueLimits(client.Socket.MaxQueuedBytes, client.Socket.MaxQueuedPackets)),
                new TransportLimits(_options.MaxPayloadBytes, new QueueLimits(_options.MaxQueuedBytes, _options.MaxQueuedPackets)));
            connection = _factory.Create(_sessions, serverEnd, CreateIdentity(client), asksForTs1 ? CodecNames.Ts1 : null, _options);
        }
        catch
        {
            _sessions.Release();
            throw;
        }

        _recordings.Add(connection, recording);
        // A session belongs to nobody who waits for its handshake.
        using (ExecutionContext.SuppressFlow())
        {
            _running.Add(_sessions.RunAsync(((IServerConnection)connection).SessionId, connection, asksForTs1 ? request.First : default));
        }

        return clientEnd;
    }

    private ClientIdentity CreateIdentity(TestClientOptions client) => new(client.User, client.RemoteAddress)
    {
        Ticket = client.AuthenticationLifetime is { } lifetime ? new SessionTicket(_sessions.Time.GetUtcNow() + lifetime, null) : null,
    };

    public void OnChange(ServerConnection connection, ConnectionEvent change)
    {
        if (_recordings.TryGetValue(connection, out var recording))
        {
            recording.Add(change);
        }
    }

    private DisconnectedException Refuse(HandshakeFailure failure)
    {
        _sessions.Instruments.HandshakeFailed(failure.ErrorType, failure.Status);
        return new DisconnectedException(new HandshakeRejected(failure.Status, failure.Message) { RetryAfter = failure.RetryAfter });
    }

    private DefaultHttpContext CreateContext(DialRequest request, TestClientOptions client)
    {
        var context = new DefaultHttpContext { User = client.User, RequestServices = _services };
        context.Connection.RemoteIpAddress = client.RemoteAddress;
        foreach (var (name, value) in client.Socket.Headers)
        {
            context.Request.Headers[name] = value;
        }

        if (request.AccessToken is not null)
        {
            context.Request.Headers.Authorization = $"Bearer {request.AccessToken}";
        }

        return context;
    }
}
