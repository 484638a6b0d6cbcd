using TypedSockets.Protocol.Tests.Documents;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Protocol.Tests.Polling;

public sealed class ServerPollingTests
{
    [Fact]
    public void EveryStateAndInput_HasTheAnswerOfTheTable() => new MachineTable<ServerPolling>(
        "server",
        Describe,
        [Open, Held, Awake, Posting, Closing, Leaving, Closed, Superseded],
        new Dictionary<string, Func<ServerPolling, string>>
        {
            ["GET, packets wait"] = polling => $"{polling.Get(2, hasPackets: true)}",
            ["GET, nothing waits"] = polling => $"{polling.Get(2, hasPackets: false)}",
            ["GET sent twice"] = polling => $"{polling.Get(1, hasPackets: true)}",
            ["wake the GET"] = polling => polling.Wake() ? "wakes" : "",
            ["woken GET, packets wait"] = polling => $"{polling.Fetch(hasPackets: true)}",
            ["woken GET, nothing waits"] = polling => $"{polling.Fetch(hasPackets: false)}",
            ["GET's connection broke"] = polling => Run(polling.GetAborted),
            ["POST"] = polling => $"{polling.Post(3)}",
            ["POST sent twice"] = polling => $"{polling.Post(2)}",
            ["POST out of turn"] = polling => $"{polling.Post(4)}",
            ["POST handed on"] = polling => $"{polling.Posted(isHandedOn: true)}",
            ["POST heard by nobody"] = polling => $"{polling.Posted(isHandedOn: false)}",
            ["POST too large"] = polling => $"{polling.PostRefused()}",
            ["POST broke off"] = polling => $"{polling.PostFailed("broke off")}",
            ["close here"] = polling => Run(polling.Close),
            ["close packet"] = polling => Run(polling.PeerClosed),
            ["another transport takes over"] = polling => polling.Supersede() ? "yields" : "",
            ["cut"] = polling => Run(polling.Abort),
        }).AssertIsIn("polling.md");

    [Fact]
    public void Post_SentTwice_IsTakenOnce()
    {
        var polling = new ServerPolling();
        Assert.Equal(PollingAnswer.Take, polling.Post(1));
        Assert.Equal(PollingAnswer.Join, polling.Post(1));
        Assert.Equal(PollingAnswer.Ok, polling.Posted(isHandedOn: true));
        Assert.Equal(PollingAnswer.Ok, polling.Post(1));
        Assert.Equal(PollingAnswer.Take, polling.Post(2));
    }

    /// <summary>The answer was Ok once: a client that lost the first answer believed that its packets had arrived.</summary>
    [Fact]
    public void Post_ThatWasTooLarge_IsTooLargeWhenItComesAgain()
    {
        var polling = new ServerPolling();
        polling.Post(1);
        Assert.Equal(PollingAnswer.TooLarge, polling.PostRefused());
        Assert.Equal(PollingAnswer.TooLarge, polling.Post(1));
        Assert.Equal(PollingAnswer.Take, polling.Post(2));
    }

    [Fact]
    public void Post_WithoutANumber_IsTakenEveryTime()
    {
        var polling = new ServerPolling();
        for (var post = 0; post < 3; post++)
        {
            Assert.Equal(PollingAnswer.Take, polling.Post(null));
            polling.Posted(isHandedOn: true);
        }
    }

    /// <summary>The copy was taken for the next GET once, and the packets of the first answer were missing without a word.</summary>
    [Fact]
    public void Get_SentTwice_CostsTheSession()
    {
        var polling = new ServerPolling();
        Assert.Equal(PollingAnswer.Packets, polling.Get(1, hasPackets: true));
        Assert.Equal(PollingAnswer.Overlap, polling.Get(1, hasPackets: true));
        Assert.Contains("GET 1", polling.Fault!.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_BehindAPeersGoodbye_IsAnsweredOnce()
    {
        var polling = Leaving();
        Assert.Equal(PollingAnswer.Noop, polling.Get(null, hasPackets: false));
        Assert.Equal(PollingAnswer.Unknown, polling.Get(null, hasPackets: false));
    }

    [Fact]
    public void Get_HeldWhenAnotherTransportTakesOver_IsAnsweredMoved()
    {
        var polling = Held();
        Assert.True(polling.Supersede());
        Assert.True(polling.Wake());
        Assert.Equal(PollingAnswer.Moved, polling.Fetch(hasPackets: true));
    }

    private static string Describe(ServerPolling polling) => polling.State is not PollingState.Open ? $"{polling.State}"
        : polling.IsGetHeld ? "Held" : polling.IsGetAwake ? "Awake" : polling.IsPosting ? "Posting" : "Open";

    private static string Run(Action input)
    {
        input();
        return "";
    }

    // GET 1 and POST 2 were the last.
    private static ServerPolling Open()
    {
        var polling = new ServerPolling();
        polling.Get(1, hasPackets: true);
        polling.Post(1);
        polling.Posted(isHandedOn: true);
        polling.Post(2);
        polling.Posted(isHandedOn: true);
        return polling;
    }

    private static ServerPolling Held()
    {
        var polling = Open();
        polling.Get(null, hasPackets: false);
        return polling;
    }

    private static ServerPolling Awake()
    {
        var polling = Held();
        polling.Wake();
        return polling;
    }

    private static ServerPolling Posting()
    {
        var polling = new ServerPolling();
        polling.Get(1, hasPackets: true);
        polling.Post(1);
        polling.Posted(isHandedOn: true);
        polling.Post(2);
        return polling;
    }

    private static ServerPolling Closing()
    {
        var polling = Open();
        polling.Close();
        return polling;
    }

    private static ServerPolling Leaving()
    {
        var polling = Open();
        polling.PeerClosed();
        return polling;
    }

    private static ServerPolling Closed()
    {
        var polling = Open();
        polling.Abort();
        return polling;
    }

    private static ServerPolling Superseded()
    {
        var polling = Open();
        polling.Supersede();
        return polling;
    }
}
