using TypedSockets.Benchmarks.Contracts;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;
using TypedSockets.Server;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>TypedSockets with a contract, generated code, and its default settings; one server, which takes both kinds of client.</summary>
internal sealed class TypedSocketsSystem : HostedSystem
{
    private readonly Func<Dialect> _createDialect;

    private TypedSocketsSystem(string name, string description, Func<Dialect> createDialect)
        : base(name, description) => _createDialect = createDialect;

    public static TypedSocketsSystem WithTs1 { get; } = new("typedsockets", "TypedSockets, ts1 codec; payloads decoded and encoded by generated code", () => new Ts1Dialect());

    public static TypedSocketsSystem WithSocketIO { get; } =
        new("typedsockets-socketio", "the same server, with Socket.IO's clients: default parser, transport websocket", () => new SocketIODialect());

    public override Dialect CreateDialect() => _createDialect();

    public override Task<int> StartAsync() => KestrelServer.StartAsync(
        builder => builder.Services.AddTypedSockets().AddHub(IBenchServer.Contract.HandledBy<BenchHub>()),
        application => application.MapTypedSockets());

    internal sealed class BenchHub : Hub<IBenchClient>, IBenchServer
    {
        public ValueTask<ChatLine> Echo(ChatLine line) => ValueTask.FromResult(line);

        public void Moved(Move move) => IngestTally.Add(move.Tick);

        public void Publish(ChatLine line) => Clients.All.Published(line);

        public void PublishLatest(ChatLine line) => Clients.All.PublishedLatest(line);

        // Not on the receive loop: what a handler sends to its own client is gathered until it returns.
        public void Stop() => _ = Task.Run(() =>
        {
            var line = new ChatLine("", "", new string('x', 16 * 1024), 0);
            while (Connection is { ConflatedEvents: 0, Ended: null })
            {
                Clients.Caller.PublishedLatest(line);
            }
        });
    }
}
