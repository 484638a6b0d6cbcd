using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Benchmarks.Contracts;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>ASP.NET Core SignalR with its JSON protocol and its default settings.</summary>
internal sealed class SignalRSystem()
    : HostedSystem("signalr", "ASP.NET Core SignalR, JSON protocol; payloads decoded and encoded")
{
    public override Dialect CreateDialect() => new SignalRDialect();

    // The load generator sends no pings, and connections that only receive must not be closed for it.
    public override Task<int> StartAsync() => KestrelServer.StartAsync(
        builder => builder.Services.AddSignalR(options => options.ClientTimeoutInterval = TimeSpan.FromMinutes(10)),
        application => application.MapHub<BenchHub>("/bench"));

    [SuppressMessage("Performance", "CA1822", Justification = "SignalR calls instance methods only.")]
    private sealed class BenchHub : Hub
    {
        public ChatLine Echo(ChatLine line) => line;

        public void Moved(Move move) => IngestTally.Add(move.Tick);

        public Task Publish(ChatLine line) => Clients.All.SendAsync("Published", line);
    }
}
