using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

/// <summary>One question to many clients: each yields one answer, whatever becomes of it.</summary>
public sealed class AskTests
{
    [Fact]
    public async Task Ask_AllAnswer_YieldsWhoAndWhatInTheOrderOfTheAnswers()
    {
        await using var server = await PlayServer.StartAsync();
        await using var ann = await server.ConnectAsync();
        await using var ben = await server.ConnectAsync();
        var benMayAnswer = new TaskCompletionSource();
        ann.OnAnswer = (_, _) => new("ann");
        ben.OnAnswer = async (_, _) =>
        {
            await benMayAnswer.Task;
            return "ben";
        };

        var answers = new List<string>();
        await foreach (var answer in AskAll(server, client => client.Answer("who?")))
        {
            Assert.Null(answer.Failure);
            Assert.Equal(answer.Value is "ann" ? await ann.Server.WhoAmI() : await ben.Server.WhoAmI(), answer.From.Id);
            answers.Add(answer.Value);
            benMayAnswer.TrySetResult();
        }

        Assert.Equal(["ann", "ben"], answers);
    }

    /// <summary>One of the clients speaks Socket.IO as text, since it has a namespace for events without a contract.</summary>
    [Fact]
    public async Task Ask_ClientsOfDifferentCodecs_AllAnswer()
    {
        await using var server = await PlayServer.StartAsync();
        await using var binary = await server.ConnectAsync();
        await using var text = new PlayPeer(server.Address) { OnAnswer = (question, _) => new(question + "?") };
        text.Socket.OpenDynamic("/play");
        await text.Socket.ConnectAsync(TestContext.Current.CancellationToken);

        var answers = new List<string>();
        await foreach (var answer in AskAll(server, client => client.Answer("well")))
        {
            answers.Add(answer.Value);
        }

        Assert.Equal(["well!", "well?"], answers.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Ask_OneFailsOneLeavesOneIsSilent_EachIsToldApart()
    {
        await using var server = await PlayServer.StartAsync(options => options.RequestTimeout = TimeSpan.FromSeconds(3));
        await using var failing = await server.ConnectAsync();
        await using var leaving = await server.ConnectAsync();
        await using var silent = await server.ConnectAsync();
        failing.OnAnswer = (_, _) => throw new InvalidOperationException("no");
        leaving.OnAnswer = async (question, token) =>
        {
            _ = leaving.Socket.CloseAsync();
            await Task.Delay(Timeout.Infinite, token);
            return "never";
        };
        var given = new TaskCompletionSource();
        silent.OnAnswer = async (_, token) =>
        {
            await using var registration = token.Register(() => given.TrySetResult());
            await given.Task;
            return "late";
        };

        var failures = new List<Type>();
        await foreach (var answer in AskAll(server, client => client.Answer("who?")))
        {
            failures.Add(answer.Failure!.GetType());
            Assert.Contains(answer.From.Id, Assert.Throws<InvalidOperationException>(() => answer.Value).Message, StringComparison.Ordinal);
        }

        Assert.Equal([typeof(DisconnectedException), typeof(RemoteException), typeof(TimeoutException)], failures.OrderBy(type => type.Name, StringComparer.Ordinal));
        // The silent one has been told that nobody waits any more.
        await given.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Ask_BrokenOff_CancelsThoseWhoHaveNotAnswered()
    {
        await using var server = await PlayServer.StartAsync();
        await using var quick = await server.ConnectAsync();
        await using var slow = await server.ConnectAsync();
        var cancelled = new TaskCompletionSource();
        slow.OnAnswer = async (_, token) =>
        {
            await using var registration = token.Register(() => cancelled.TrySetResult());
            await cancelled.Task;
            return "";
        };

        await foreach (var answer in AskAll(server, client => client.Answer("who?")))
        {
            Assert.Equal("who?!", answer.Value);
            break;
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        // The connection goes on, and its next question is a question of its own.
        slow.OnAnswer = (_, _) => new("here");
        Assert.Equal("you said here", await slow.Server.AskMeBack("still?"));
    }

    [Fact]
    public async Task Ask_Nobody_EndsAtOnce()
    {
        await using var server = await PlayServer.StartAsync();
        Assert.Empty(await AskAll(server, client => client.Answer("anybody?")).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Ask_TooManyAnswersOwed_ThatClientIsNotAsked()
    {
        await using var server = await PlayServer.StartAsync(options => options.MaxPendingRequests = 1);
        await using var peer = await server.ConnectAsync();
        var mayAnswer = new TaskCompletionSource();
        peer.OnAnswer = async (question, _) =>
        {
            await mayAnswer.Task;
            return question;
        };

        await using var first = AskAll(server, client => client.Answer("first")).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        var firstAnswer = first.MoveNextAsync();
        var second = await AskAll(server, client => client.Answer("second")).SingleAsync(TestContext.Current.CancellationToken);
        Assert.Contains("MaxPendingRequests", second.Failure!.Message, StringComparison.Ordinal);

        mayAnswer.SetResult();
        Assert.True(await firstAnswer);
        Assert.Equal("first", first.Current.Value);
    }

    [Fact]
    public async Task Ask_PayloadTooLarge_ThrowsAndNobodyIsAsked()
    {
        await using var server = await PlayServer.StartAsync(options => options.MaxClientPayloadBytes = 2_000);
        await using var peer = await server.ConnectAsync();
        var asked = AskAll(server, client => client.Answer(new string('x', 3_000)));
        await Assert.ThrowsAsync<PayloadTooLargeException>(() => asked.ToListAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Equal("you said short!", await peer.Server.AskMeBack("short"));
    }

    [Fact]
    public async Task Ask_NoEventOrTwo_SaysWhatAQuestionIs()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var twice = AskAll(server, client =>
        {
            var one = client.Answer("one");
            return one.IsCompleted ? client.Answer("two") : one;
        });
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => twice.ToListAsync(TestContext.Current.CancellationToken).AsTask());
        Assert.Contains("IPlayServer.Answer", exception.Message, StringComparison.Ordinal);
        var oneWay = AskAll(server, client =>
        {
            client.Said("hello");
            return new ValueTask<string>("");
        });
        await Assert.ThrowsAsync<InvalidOperationException>(() => oneWay.ToListAsync(TestContext.Current.CancellationToken).AsTask());
    }

    [Fact]
    public async Task Ask_OneClient_IsRefused()
    {
        await using var server = await PlayServer.StartAsync();
        await using var peer = await server.ConnectAsync();
        var one = Clients(server).Client(await peer.Server.WhoAmI());
        Assert.Throws<ArgumentException>(() => { one.Ask(client => client.Answer("who?"), TestContext.Current.CancellationToken); });
        Assert.Throws<ArgumentException>(() => { ((IPlayClient)peer).Ask(client => client.Answer("who?"), TestContext.Current.CancellationToken); });
    }

    private static IAsyncEnumerable<Answer<string>> AskAll(PlayServer server, Func<IPlayClient, ValueTask<string>> question) =>
        Clients(server).All.Ask(question, TestContext.Current.CancellationToken);

    private static HubTargets<IPlayClient> Clients(PlayServer server) => server.Services.GetRequiredService<HubContext<PlayHub, IPlayClient>>().Clients;
}
