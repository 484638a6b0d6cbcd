using System.Globalization;
using System.Runtime.CompilerServices;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>
/// One life of a session, from a seed: what happens, when, and to whom. Single-threaded; time passes from event to event. Two runs of a seed are the same, event for event, whether
/// they are traced or not.
/// </summary>
internal sealed class Life
{
    // A life that goes on for longer than this after its last planned event hangs.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);

    private const int MostEvents = 100_000;

    private readonly PriorityQueue<Action, (TimeSpan, long)> _events = new();
    private readonly int[] _paths = new int[Enum.GetValues<LifePath>().Length];
    private readonly Random _random;
    private readonly List<string>? _trace;
    private readonly TimeSpan _latency;
    private long _count;

    public Life(int seed, bool isTraced)
    {
        Seed = seed;
        _random = new Random(seed);
        _trace = isTraced ? [] : null;
        _latency = TimeSpan.FromMilliseconds(1 + _random.Next(60));
        Network = new Network(this, isFaulty: Chance(0.5));
        Client = new SimulatedClient(this);
        Server = new SimulatedServer(this);
    }

    public int Seed { get; }

    public TimeSpan Now { get; private set; }

    public Network Network { get; }

    public SimulatedClient Client { get; }

    public SimulatedServer Server { get; }

    /// <summary>Whether something happened that a session need not survive.</summary>
    public bool IsHurt { get; private set; }

    public bool IsTraced => _trace is not null;

    /// <inheritdoc cref="LifePlan.Pair"/>
    public (LifePath Cause, DisconnectCode Client, DisconnectCode Server)? Pair { get; private set; }

    public IReadOnlyList<int> Paths => _paths;

    public string Report => string.Join('\n', _trace ?? []);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    public int Next(int limit) => _random.Next(limit);

    public TimeSpan Within(TimeSpan limit) => limit * _random.NextDouble();

    /// <summary>How long one thing takes on its way: usually alike, at times ten times as long, rarely seconds.</summary>
    public TimeSpan Delay()
    {
        var delay = _latency * (0.5 + _random.NextDouble());
        return _random.Next(200) switch
        {
            0 => TimeSpan.FromSeconds(3) * _random.NextDouble(),
            < 10 => 10 * delay,
            _ => delay,
        };
    }

    public void After(TimeSpan delay, Action action) => _events.Enqueue(action, (Now + delay, _count++));

    /// <summary>Another thread takes over: soon, but other things may happen before.</summary>
    public void Yield(Action action) => After(TimeSpan.FromMicroseconds(_random.Next(2_000)), action);

    public void Reach(LifePath path) => _paths[(int)path]++;

    public void Hurt(string what)
    {
        IsHurt = true;
        Reach(LifePath.Hurt);
        Trace($"hurt: {what}");
    }

    public void Trace([InterpolatedStringHandlerArgument("")] Rule.Text what) => _trace?.Add(string.Create(CultureInfo.InvariantCulture, $"{Now.TotalSeconds,11:0.000000}  {what.ToString()}"));

    /// <summary>Lets everything happen that is going to.</summary>
    public void Run()
    {
        var plan = new LifePlan(this);
        plan.Begin();
        while (_events.TryDequeue(out var action, out var at))
        {
            Now = at.Item1;
            action();
            Rule.Require(Now < plan.EndsAt + s_patience && _count < MostEvents, "A life ends: something is still going on long after its last planned event.");
        }

        plan.Judge();
        Pair = plan.Pair;
    }
}
