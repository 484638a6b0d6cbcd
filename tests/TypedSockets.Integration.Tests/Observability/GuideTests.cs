using System.Diagnostics.Metrics;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets.Client;
using TypedSockets.Integration.Tests.Deliveries;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>The tables of docs/guides/observability.md say what there is, and nothing else.</summary>
public sealed class GuideTests
{
    private static readonly string[] s_lines = File.ReadAllLines(Path.Combine(
        typeof(GuideTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "RepositoryFolder").Value!, "docs", "guides", "observability.md"));

    [Fact]
    public async Task Instruments_AreThoseOfTheTable()
    {
        var table = Table("instrument").Select(row => string.Join(" | ", row[0], row[1], row[2], row[4])).Order(StringComparer.Ordinal).ToArray();
        using var clients = new TestMeterFactory();
        using var client = new MetricRecorder(clients);
        await using var server = await PlayServer.StartAsync();
        using var measured = new MetricRecorder(server.Services.GetRequiredService<IMeterFactory>());
        await using var peer = await server.ConnectAsync(new TypedSocketOptions { MeterFactory = clients });
        Assert.Equal(table, Describe(measured, "typedsockets.server."));
        Assert.Equal(table, Describe(client, "typedsockets.client."));
    }

    /// <summary>One end or the other measured each tag of each instrument, and no other.</summary>
    [Fact]
    public async Task Tags_AreThoseOfTheTable()
    {
        var table = Table("instrument").Select(row => $"{row[0]}: {row[3]}").Order(StringComparer.Ordinal).ToArray();
        using var clients = new TestMeterFactory();
        using var client = new MetricRecorder(clients);
        await using var server = await PlayServer.StartAsync(
            options => (options.MaxConnections, options.MaxQueuedBytes) = (2, 64 * 1024),
            configureServices: services =>
            {
                services.AddSingleton<FlowLog>();
                services.AddTypedSockets().AddHub(IQuietServer.Contract.HandledBy<QuietHub>()).AddHub(IFlowServer.Contract.HandledBy<FlowHub>());
            });
        using var measured = new MetricRecorder(server.Services.GetRequiredService<IMeterFactory>());
        await PlayAsync(server, new TypedSocketOptions { MeterFactory = clients });
        await ReadSlowlyAsync(server);
        await measured.WhenAsync(() => measured.Measurements.Any(one => one.Instrument.EndsWith("session.duration", StringComparison.Ordinal)));
        client.ReadAll();
        measured.ReadAll();
        var seen = from measurement in (RecordedMeasurement[])[.. client.Measurements, .. measured.Measurements]
                   group measurement by measurement.Instrument.Split('.', 3)[2] into instrument
                   select $"{instrument.Key}: {string.Join(", ", instrument.SelectMany(one => one.Tags).Select(tag => tag.Key).Distinct().Order(StringComparer.Ordinal))}";
        Assert.Equal(table.Select(Sorted), seen.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Logs_AreThoseOfTheTable_AndNoIdIsUsedTwice()
    {
        const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var logs = from type in typeof(TypedSocketServerOptions).Assembly.GetTypes()
                   from method in type.GetMethods(All)
                   let log = method.GetCustomAttribute<LoggerMessageAttribute>()
                   where log is not null
                   orderby log.EventId
                   select $"{log.EventId} | {log.Level} | {log.Message}";
        Assert.Equal(Table("id").Select(row => string.Join(" | ", row)), logs);
        Assert.Equal(Table("id").Count, Table("id").Select(row => row[0]).Distinct().Count());
    }

    private static async Task PlayAsync(PlayServer server, TypedSocketOptions options)
    {
        await using (var peer = await server.ConnectAsync(options with { Transports = [TransportKind.Polling, TransportKind.WebSocket] }))
        {
            await peer.NextAsync<Upgraded>();
            await peer.Server.AskMeBack("why");
            await Assert.ThrowsAsync<RemoteException>(() => peer.Server.Throw("it").AsTask());
            await using var socket = new TypedSocket(server.Address);
            var quiet = socket.OpenDynamic("/quiet");
            await socket.ConnectAsync(TestContext.Current.CancellationToken);
            await Assert.ThrowsAsync<RemoteException>(() => quiet.EmitWithAck("Hush", ["loud"], TestContext.Current.CancellationToken).AsTask());
            await using var late = new PlayPeer(server.Address, options with { Reconnection = new ReconnectionOptions { Enabled = false } });
            await Assert.ThrowsAsync<DisconnectedException>(() => late.Socket.ConnectAsync(TestContext.Current.CancellationToken));
        }

        await using var refusing = await PlayServer.StartAsync(handle: (context, next) => context.WebSockets.IsWebSocketRequest ? Task.CompletedTask : next(context));
        await using var staying = await refusing.ConnectAsync(options with { Transports = [TransportKind.Polling, TransportKind.WebSocket] });
        await staying.NextAsync<UpgradeFailed>();
    }

    private static async Task ReadSlowlyAsync(PlayServer server)
    {
        // There is a place again as soon as one of those before has left.
        await using var slow = await FlowPeer.ConnectAsync(server, stops: true, new TypedSocketOptions { Reconnection = new ReconnectionOptions { Delay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) } });
        var hub = await server.Services.GetRequiredService<FlowLog>().HubAsync(slow.ConnectionId);
        for (var number = 0; hub.Connection.Ended is null; number++)
        {
            hub.Clients.Caller.Noted(number, new string('x', 1_000));
        }
    }

    private static IEnumerable<string> Describe(MetricRecorder recorder, string prefix) =>
        recorder.Instruments.Select(instrument => $"{instrument.Name[prefix.Length..]} | {instrument.GetType().Name.Split('`')[0]} | {instrument.Unit} | {instrument.Description}").Order(StringComparer.Ordinal);

    private static string Sorted(string row)
    {
        var (name, tags) = (row.Split(": ")[0], row.Split(": ")[1].Split(", "));
        return $"{name}: {string.Join(", ", tags.Order(StringComparer.Ordinal))}";
    }

    /// <summary>The rows of the table whose first heading is <paramref name="heading"/>, without the marks of code.</summary>
    private static List<string[]> Table(string heading)
    {
        var rows = s_lines.SkipWhile(line => !line.StartsWith($"| {heading} |", StringComparison.Ordinal)).Skip(2).TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Replace("`", "", StringComparison.Ordinal).Trim('|', ' ').Split(" | ")).ToList();
        Assert.NotEmpty(rows);
        return rows;
    }
}
