using TypedSockets.Protocol.Tests.Documents;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Tests.Polling;

public sealed class ClientPollingTests
{
    [Fact]
    public void EveryStateAndInput_HasTheDecisionOfTheTable() => new MachineTable<ClientPolling>(
        "client",
        Describe,
        [New, Getting, Posting, PausingBoth, PausingGet, PausingPost, Paused, Closing, Closed, Superseded],
        new Dictionary<string, Func<ClientPolling, string>>
        {
            ["start"] = polling => Name(polling.Start()),
            ["a packet waits"] = polling => Name(polling.Queued()),
            ["GET answered, nothing waits"] = polling => Name(polling.Got(hasPackets: false)),
            ["GET answered, packets wait"] = polling => Name(polling.Got(hasPackets: true)),
            ["POST answered, nothing waits"] = polling => Name(polling.Posted(hasPackets: false)),
            ["POST answered, packets wait"] = polling => Name(polling.Posted(hasPackets: true)),
            ["pause, nothing waits"] = polling => Name(polling.Pause(hasPackets: false)),
            ["pause, packets wait"] = polling => Name(polling.Pause(hasPackets: true)),
            ["resume, nothing waits"] = polling => Name(polling.Resume(hasPackets: false)),
            ["resume, packets wait"] = polling => Name(polling.Resume(hasPackets: true)),
            ["close here"] = polling => Name(polling.Close()),
            ["the session is over"] = polling => Name(polling.End()),
            ["another transport takes over"] = polling => polling.Supersede() ? "yields" : "",
        }).AssertIsIn("polling.md");

    [Fact]
    public void Pause_SendsWhatWaits_ThenKeepsTheRestForTheSuccessor()
    {
        var polling = Posting();
        Assert.Equal(PollingActions.None, polling.Pause(hasPackets: true));
        Assert.Equal(PollingActions.StartPost, polling.Posted(hasPackets: true));
        Assert.Equal(PollingActions.None, polling.Got(hasPackets: true));
        Assert.Equal(PollingActions.ReportPaused, polling.Posted(hasPackets: true));
        Assert.True(polling.Supersede());
    }

    /// <summary>What did not fit the first POST was lost once, and the goodbye with it.</summary>
    [Fact]
    public void Close_PostsUntilNothingWaits()
    {
        var polling = Getting();
        Assert.Equal(PollingActions.StartPost, polling.Close());
        Assert.Equal(PollingActions.StartPost, polling.Posted(hasPackets: true));
        Assert.Equal(PollingActions.Finish, polling.Posted(hasPackets: false));
    }

    [Fact]
    public void Supersede_IsRefusedWhileAnythingIsUnderWay() =>
        Assert.All([New(), Getting(), Posting(), PausingBoth(), PausingGet(), PausingPost(), Closing(), Closed()], polling => Assert.False(polling.Supersede()));

    private static string Name(PollingActions actions) => actions is PollingActions.None ? "" : actions.ToString().Replace(",", "", StringComparison.Ordinal);

    private static string Describe(ClientPolling polling) => (polling.State, polling.IsPausing, polling.IsGetting, polling.IsPosting) switch
    {
        (not PollingState.Open, _, _, _) => $"{polling.State}",
        (_, true, true, true) => "Pausing GET POST",
        (_, true, true, false) => "Pausing GET",
        (_, true, false, true) => "Pausing POST",
        (_, true, false, false) => "Paused",
        (_, _, true, true) => "GET POST",
        (_, _, true, false) => "GET",
        (_, _, false, true) => "POST",
        _ => "New",
    };

    private static ClientPolling New() => new();

    private static ClientPolling Getting()
    {
        var polling = New();
        polling.Start();
        return polling;
    }

    private static ClientPolling Posting()
    {
        var polling = Getting();
        polling.Queued();
        return polling;
    }

    private static ClientPolling PausingBoth()
    {
        var polling = Posting();
        polling.Pause(hasPackets: false);
        return polling;
    }

    private static ClientPolling PausingGet()
    {
        var polling = Getting();
        polling.Pause(hasPackets: false);
        return polling;
    }

    private static ClientPolling PausingPost()
    {
        var polling = PausingBoth();
        polling.Got(hasPackets: false);
        return polling;
    }

    private static ClientPolling Paused()
    {
        var polling = PausingGet();
        polling.Got(hasPackets: false);
        return polling;
    }

    private static ClientPolling Closing()
    {
        var polling = Getting();
        polling.Close();
        return polling;
    }

    private static ClientPolling Closed()
    {
        var polling = Getting();
        polling.End();
        return polling;
    }

    private static ClientPolling Superseded()
    {
        var polling = Paused();
        polling.Supersede();
        return polling;
    }
}
