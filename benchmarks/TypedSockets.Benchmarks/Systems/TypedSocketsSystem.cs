using TypedSockets.Benchmarks.Contracts;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;
using TypedSockets.Server;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>TypedSockets with a contract, generated code, and its default settings.</summary>
internal sealed class TypedSocketsSystem()
    : BenchmarkSystem("typedsockets", "TypedSockets, ts1 codec; payloads decoded and encoded by generated code")
{
    public override Dialect CreateDialect() => new Ts1Dialect();

    public override Task<int> StartAsync() => KestrelServer.StartAsync(
        builder => builder.Services.AddTypedSockets().AddHub(IBenchServer.Contract.HandledBy<BenchHub>()),
        application => application.MapTypedSockets());

    internal sealed class BenchHub : Hub<IBenchClient>, IBenchServer
    {
        public ValueTask<ChatLine> Echo(ChatLine line) => ValueTask.FromResult(line);

        public void Moved(Move move) => IngestTally.Add(move.Tick);

        public void Publish(ChatLine line) => Clients.All.Published(line);
    }
}
