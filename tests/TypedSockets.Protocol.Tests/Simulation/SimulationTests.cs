using System.Globalization;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>
/// Leads the machines of both ends through many lives in a network that breaks, each from its own seed. A life that breaks a rule is shown event by event. To see any life, set the
/// environment variable TYPEDSOCKETS_SIMULATION_SEED to its seed; to lead more lives than usual, set TYPEDSOCKETS_SIMULATION_LIVES.
/// </summary>
public sealed class SimulationTests
{
    private const int Lives = 100_000;

    // Of Lives; so that the simulation cannot come to test nothing.
    private const int FewestOfAPath = 10;
    private const int FewestOfAPair = 1;

    [Fact]
    public void EveryLife_KeepsTheRules_AndEveryPathIsTaken()
    {
        var lives = Math.Max(Lives, Variable("TYPEDSOCKETS_SIMULATION_LIVES") ?? 0);
        var total = new LifeCount();
        int? failed = null;
        Parallel.For(0, lives, () => new LifeCount(), (seed, loop, count) =>
        {
            var life = new Life(seed, isTraced: false);
            try
            {
                life.Run();
                count.Add(life);
            }
            catch (LifeException)
            {
                failed = seed;
                loop.Stop();
            }

            return count;
        }, count =>
        {
            lock (total)
            {
                total.Add(count);
            }
        });
        Assert.True(failed is null, failed is { } seed ? Replay(seed) : null);
        Assert.Empty(total.Missing(FewestOfAPath, FewestOfAPair));
        TestContext.Current.SendDiagnosticMessage("{0}", total);
    }

    [Fact]
    public void Life_OfTheSameSeed_IsTheSame_TracedOrNot()
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var untraced = new Life(seed, isTraced: false);
            untraced.Run();
            var traced = new Life(seed, isTraced: true);
            traced.Run();
            Assert.Equal(untraced.Paths, traced.Paths);
            Assert.Equal(traced.Report, Report(seed));
        }
    }

    [Fact]
    public void Life_ThatIsAskedFor_KeepsTheRules()
    {
        var seed = Variable("TYPEDSOCKETS_SIMULATION_SEED");
        var replay = Replay(seed ?? 0);
        Assert.True(seed is null && replay.StartsWith("Life 0 keeps the rules.", StringComparison.Ordinal), replay);
    }

    private static int? Variable(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;

    private static string Report(int seed)
    {
        var life = new Life(seed, isTraced: true);
        life.Run();
        return life.Report;
    }

    private static string Replay(int seed)
    {
        var life = new Life(seed, isTraced: true);
        try
        {
            life.Run();
            return $"Life {seed} keeps the rules.\n{life.Report}";
        }
        catch (LifeException exception)
        {
            return $"Life {seed}: {exception.Message}\n{life.Report}";
        }
    }
}
