using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using SocketIOClient;
using SocketIOClient.Transport;
using DotNetClient = SocketIOClient.SocketIO;

namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>SocketIOClient, the package for .NET, against our server.</summary>
[SuppressMessage("Usage", "xUnit1051", Justification = "Every wait here is bounded, and the package takes a token where the first argument may be one.")]
public sealed class DotNetSocketIOClientTests
{
    private const int SessionIdLength = 22;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(TransportProtocol.WebSocket, false)]
    [InlineData(TransportProtocol.Polling, false)]
    [InlineData(TransportProtocol.Polling, true)]
    public async Task Client_ConnectsAsksAnswersAndIsDisconnected(TransportProtocol transport, bool upgrades)
    {
        await using var server = await PeerServer.StartAsync();
        using var client = new DotNetClient(new Uri(server.Address, "/peer"), new SocketIOOptions { Transport = transport, AutoUpgrade = upgrades, Reconnection = false });
        var said = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var sent = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        var ended = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.On("Said", response => said.TrySetResult(response.GetValue<string>()));
        client.On("Sent", response => sent.TrySetResult(response.GetValue<Content>().Bytes));
        client.On("Answer", async response => await response.CallbackAsync($"{response.GetValue<string>()}!"));
        client.On("Reverse", async response => await response.CallbackAsync((object)response.GetValue<byte[]>().Reverse().ToArray()));
        client.OnDisconnected += (_, reason) => ended.TrySetResult(reason);
        await ConnectAsync(client);
        Assert.Equal(SessionIdLength, client.Id.Length);

        Assert.Equal("é 😀", (await AskAsync(client, "Echo", "é 😀")).GetValue<string>());
        Assert.Equal([1, 2, 3], (await AskAsync(client, "Concat", (byte[])[1, 2], (byte[])[3])).GetValue<byte[]>());
        Assert.Equal("why?!", (await AskAsync(client, "AskBack", "why?")).GetValue<string>());
        Assert.Equal([3, 2, 1], (await AskAsync(client, "AskBackBytes", (byte[])[1, 2, 3])).GetValue<byte[]>());
        await client.EmitAsync("Say", "hello");
        Assert.Equal("hello", await said.Task.WaitAsync(s_patience));
        await client.EmitAsync("Send", new { name = "p", count = 1, content = (byte[])[7, 8], tags = Array.Empty<string>() });
        Assert.Equal([7, 8], await sent.Task.WaitAsync(s_patience));

        var id = client.Id;
        await client.EmitAsync("Kick", "enough");
        Assert.Equal("io server disconnect", await ended.Task.WaitAsync(s_patience));
        Assert.IsType<ServerDisconnect>(await server.Log.WhenEndedAsync(id));
    }

    [Fact]
    public async Task Client_Disconnects()
    {
        await using var server = await PeerServer.StartAsync();
        using var client = new DotNetClient(new Uri(server.Address, "/peer"), new SocketIOOptions { Transport = TransportProtocol.WebSocket, Reconnection = false });
        await ConnectAsync(client);
        var id = client.Id;
        await client.DisconnectAsync();
        Assert.IsType<ClientDisconnect>(await server.Log.WhenEndedAsync(id));
    }

    // Its connection is open before its namespace is, and only then it has an id.
    private static async Task ConnectAsync(DotNetClient client)
    {
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        client.OnConnected += (_, _) => connected.TrySetResult();
        await client.ConnectAsync().WaitAsync(s_patience);
        await connected.Task.WaitAsync(s_patience);
    }

    private static async Task<SocketIOResponse> AskAsync(DotNetClient client, string @event, params object[] arguments)
    {
        var answer = new TaskCompletionSource<SocketIOResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        await client.EmitAsync(@event, response => answer.TrySetResult(response), arguments);
        return await answer.Task.WaitAsync(s_patience);
    }

    private sealed record Content([property: JsonPropertyName("content")] byte[] Bytes);
}
