using System.Net.WebSockets;
using System.Text;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>A WebSocket whose messages do not go out until they are let.</summary>
internal sealed class StoppedWebSocket : System.Net.WebSockets.WebSocket
{
    private readonly SemaphoreSlim _goes = new(0);
    private readonly SemaphoreSlim _begun = new(0);

    /// <summary>What was sent, binary messages as hexadecimal.</summary>
    public List<string> Sent { get; } = [];

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => WebSocketState.Open;

    public override string? SubProtocol => null;

    /// <summary>Completes when another message has begun to be sent.</summary>
    public Task BegunAsync() => _begun.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    /// <summary>Lets so many messages go out.</summary>
    public void Go(int messages) => _goes.Release(messages);

    public override async Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        Sent.Add(messageType is WebSocketMessageType.Text ? Encoding.UTF8.GetString(buffer) : Convert.ToHexStringLower(buffer));
        _begun.Release();
        await _goes.WaitAsync(cancellationToken);
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        Sent.Add($"close {(int)closeStatus}");
        _begun.Release();
        return Task.CompletedTask;
    }

    public override void Abort()
    {
    }

    public override void Dispose()
    {
        _goes.Dispose();
        _begun.Dispose();
    }
}
