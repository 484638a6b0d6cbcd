using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using TypedSockets.Client.Connections;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Client.Observability;

/// <summary>What the clients of one meter measure: those of a factory, or all the others of the process together.</summary>
internal sealed class ClientMetrics
{
    // One for each factory: its meter would have every instrument once more for each socket.
    private static readonly ConditionalWeakTable<IMeterFactory, ClientMetrics> s_ofFactories = [];

    private static readonly Lazy<ClientMetrics> s_ofProcess = new(static () => new ClientMetrics(new Meter(Telemetry.Name, Telemetry.Version)));

    private readonly ConcurrentDictionary<ClientConnection, bool> _sessions = [];

    private ClientMetrics(Meter meter)
    {
        Events = new EventInstruments(meter, Side.Client);
        Sessions = new SessionInstruments(meter, Side.Client, () => _sessions.Select(static session => session.Key));
    }

    public EventInstruments Events { get; }

    public SessionInstruments Sessions { get; }

    public static ClientMetrics Of(TypedSocketOptions options) => options.MeterFactory is { } factory
        ? s_ofFactories.GetValue(factory, static factory => new ClientMetrics(factory.Create(new MeterOptions(Telemetry.Name) { Version = Telemetry.Version })))
        : s_ofProcess.Value;

    /// <summary>A session was opened.</summary>
    public void Add(ClientConnection session) => _sessions.TryAdd(session, true);

    /// <summary>Nothing is left of a session, whether it was opened or not.</summary>
    public void Remove(ClientConnection session) => _sessions.TryRemove(session, out _);
}
