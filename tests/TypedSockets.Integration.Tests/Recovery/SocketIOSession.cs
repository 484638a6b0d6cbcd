using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>A client of Socket.IO's text packets over either transport, which says what the test says and shares no code with what it tests.</summary>
internal sealed class SocketIOSession : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket? _webSocket;
    private readonly HttpClient _http;
    private readonly Queue<string> _received = new();
    private readonly byte[] _buffer = new byte[64 * 1024];
    private readonly string _address;
    private readonly CancellationTokenSource _cut = new();
    private string _session = "";
    private bool _isCut;

    private SocketIOSession(string address, ClientWebSocket? webSocket, HttpClient http) => (_address, _webSocket, _http) = (address, webSocket, http);

    private Uri Endpoint => new($"{_address}/socket.io/?EIO=4&transport=polling{_session}");

    public static async Task<SocketIOSession> OpenAsync(string address, TransportKind transport, string? user = null)
    {
        var http = new HttpClient();
        var webSocket = transport is TransportKind.WebSocket ? new ClientWebSocket() : null;
        if (user is not null)
        {
            http.DefaultRequestHeaders.Add(PlayServer.UserHeader, user);
            webSocket?.Options.SetRequestHeader(PlayServer.UserHeader, user);
        }

        var session = new SocketIOSession(address, webSocket, http);
        if (webSocket is not null)
        {
            await webSocket.ConnectAsync(new Uri($"{address.Replace("http", "ws", StringComparison.Ordinal)}/socket.io/?EIO=4&transport=websocket"), session._cut.Token).WaitAsync(s_patience);
        }

        var open = JsonElement.Parse((await session.ReceiveAsync())[1..]);
        session._session = $"&sid={open.GetProperty("sid").GetString()}";
        return session;
    }

    /// <summary>Sends a Socket.IO packet.</summary>
    public async Task SendAsync(string packet)
    {
        if (_webSocket is not null)
        {
            await _webSocket.SendAsync(Encoding.UTF8.GetBytes($"4{packet}"), WebSocketMessageType.Text, endOfMessage: true, _cut.Token);
            return;
        }

        using var response = await _http.PostAsync(Endpoint, new StringContent($"4{packet}"), _cut.Token).WaitAsync(s_patience);
        response.EnsureSuccessStatusCode();
    }

    /// <summary>The next Socket.IO packet, or an attachment as <c>b</c> and base64.</summary>
    /// <exception cref="Exception">The session is over.</exception>
    public async Task<string> ReadAsync()
    {
        while (true)
        {
            var packet = await ReceiveAsync();
            switch (packet[0])
            {
                case '4':
                    return packet[1..];
                case 'b':
                    return packet;
                case '1':
                    throw new EndOfStreamException("The server has closed the session.");
            }
        }
    }

    /// <summary>Ends the transport: a WebSocket without a word, HTTP long-polling as a page does that is left. The server notices at once.</summary>
    public async Task DropAsync()
    {
        if (_webSocket is null)
        {
            using var response = await _http.PostAsync(Endpoint, new StringContent("1"), _cut.Token).WaitAsync(s_patience);
            response.EnsureSuccessStatusCode();
        }

        Cut();
    }

    /// <summary>Cuts the connection without a word. What is being read throws.</summary>
    public void Cut()
    {
        if (!_isCut)
        {
            _isCut = true;
            _cut.Cancel();
            _webSocket?.Abort();
        }
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        _webSocket?.Dispose();
        _http.Dispose();
        _cut.Dispose();
        return default;
    }

    private async Task<string> ReceiveAsync()
    {
        while (_received.Count == 0)
        {
            if (_webSocket is null)
            {
                var body = await _http.GetStringAsync(Endpoint, _cut.Token).WaitAsync(s_patience);
                Array.ForEach(body.Split('\u001e'), _received.Enqueue);
                continue;
            }

            using var message = new MemoryStream();
            ValueWebSocketReceiveResult part;
            do
            {
                part = await _webSocket.ReceiveAsync(_buffer.AsMemory(), _cut.Token).AsTask().WaitAsync(s_patience);
                message.Write(_buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);

            if (part.MessageType is WebSocketMessageType.Close)
            {
                throw new EndOfStreamException("The server has closed the WebSocket.");
            }

            _received.Enqueue(part.MessageType is WebSocketMessageType.Text ? Encoding.UTF8.GetString(message.ToArray()) : $"b{Convert.ToBase64String(message.ToArray())}");
        }

        return _received.Dequeue();
    }
}
