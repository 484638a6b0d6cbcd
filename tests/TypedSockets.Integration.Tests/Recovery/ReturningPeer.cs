using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Recovery;

/// <summary>A client of the namespace '/lost' as Socket.IO's own is: it keeps its recovery id and its last offset, and comes back with them.</summary>
internal sealed class ReturningPeer(string address, TransportKind transport, string? user = null) : IAsyncDisposable
{
    private const string Namespace = "/lost";

    private readonly List<string> _early = [];
    private int _lastAck;

    public string Id { get; private set; } = "";

    public string RecoveryId { get; set; } = "";

    public string? Offset { get; set; }

    public bool Recovered { get; private set; }

    /// <summary>The events that came before the namespace was connected, this time.</summary>
    public IReadOnlyList<string> Early => _early;

    public SocketIOSession? Session { get; private set; }

    public static Task<PlayServer> StartServerAsync(Action<ConnectionStateRecoveryOptions>? configure = null, Action<TypedSocketServerOptions>? others = null, Action<IServiceCollection>? services = null) =>
        PlayServer.StartAsync(
            options =>
            {
                options.ConnectionStateRecovery = new ConnectionStateRecoveryOptions();
                configure?.Invoke(options.ConnectionStateRecovery);
                others?.Invoke(options);
            },
            configureServices: added =>
            {
                added.AddSingleton<RecoveryHubLog>();
                added.AddTypedSockets().AddHub(IRecoveryServer.Contract.HandledBy<RecoveryHub>());
                services?.Invoke(added);
            });

    public static async Task<ReturningPeer> ConnectAsync(PlayServer server, TransportKind transport, string? user = null)
    {
        var peer = new ReturningPeer(server.Address, transport, user);
        await peer.ReturnAsync();
        Assert.False(peer.Recovered);
        Assert.Equal(22, peer.RecoveryId.Length);
        return peer;
    }

    /// <summary>Connects, with what the client has kept if there is something.</summary>
    /// <param name="auth">What it says in place of that, as JSON.</param>
    public async Task ReturnAsync(string? auth = null)
    {
        _early.Clear();
        Session = await SocketIOSession.OpenAsync(address, transport, user);
        auth ??= RecoveryId.Length == 0 ? "" : Offset is null ? $$"""{"pid":"{{RecoveryId}}"}""" : $$"""{"pid":"{{RecoveryId}}","offset":"{{Offset}}"}""";
        await Session.SendAsync($"0{Namespace},{auth}");
        string packet;
        while (!(packet = await Session.ReadAsync()).StartsWith($"0{Namespace},", StringComparison.Ordinal))
        {
            Assert.StartsWith($"2{Namespace},", packet, StringComparison.Ordinal);
            _early.Add(packet);
        }

        var connected = JsonElement.Parse(packet[$"0{Namespace},".Length..]);
        Id = connected.GetProperty("sid").GetString()!;
        var recoveryId = connected.GetProperty("pid").GetString()!;
        Recovered = recoveryId == RecoveryId;
        RecoveryId = recoveryId;
        _early.ForEach(early => Take(early));
    }

    /// <summary>Ends the transport, and waits until the server has noticed.</summary>
    public async Task DropAsync(PlayServer server)
    {
        await Session!.DropAsync();
        await server.Services.GetRequiredService<RecoveryHubLog>().WaitForAsync($"disconnected {Id}");
    }

    /// <summary>The texts of the next events 'Told'.</summary>
    public async Task<string[]> ReadToldAsync(int count)
    {
        var told = new string[count];
        for (var index = 0; index < count; index++)
        {
            told[index] = Take(await ReadEventAsync())[1].GetString()!;
        }

        return told;
    }

    /// <summary>The texts that came before the namespace was connected.</summary>
    public string[] EarlyTold() => [.. _early.Select(early => Arguments(early)[1].GetString()!)];

    public async Task<JsonElement> AskAsync(string name, params string[] arguments)
    {
        var ack = ++_lastAck;
        await Session!.SendAsync($"2{Namespace},{ack}{JsonSerializer.Serialize((string[])[name, .. arguments])}");
        while (true)
        {
            var packet = await Session.ReadAsync();
            if (packet.StartsWith($"3{Namespace},{ack}", StringComparison.Ordinal))
            {
                var values = JsonElement.Parse(packet[packet.IndexOf('[')..]);
                return values.GetArrayLength() == 0 ? default : values[0];
            }

            Take(packet);
        }
    }

    public async Task<HubView> LookAsync() => (await AskAsync("Look")).Deserialize<HubView>(JsonSerializerOptions.Web)!;

    public Task<string> ReadEventAsync() => Session!.ReadAsync();

    /// <summary>Takes the offset of an event, and returns its array.</summary>
    public JsonElement Take(string packet)
    {
        var values = Arguments(packet);
        var last = values[values.GetArrayLength() - 1];
        Offset = last.ValueKind is JsonValueKind.String ? last.GetString() : Offset;
        return values;
    }

    public async ValueTask DisposeAsync()
    {
        if (Session is not null)
        {
            await Session.DisposeAsync();
        }
    }

    private static JsonElement Arguments(string packet) => JsonElement.Parse(packet[packet.IndexOf('[')..]);
}
