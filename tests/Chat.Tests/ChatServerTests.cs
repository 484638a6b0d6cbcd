using Chat.Contracts;
using Chat.Tests.Processes;
using Xunit;

namespace Chat.Tests;

/// <summary>What the server answers and tells, over the contract.</summary>
public sealed class ChatServerTests(ChatServer server) : IClassFixture<ChatServer>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "A name is needed.")]
    [InlineData("   ", "A name is needed.")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", "That name has 26 characters; at most 24 are allowed.")]
    [InlineData("a\nb", "A name cannot contain control characters.")]
    public async Task Join_UnderANameThatIsNotAllowed_IsRefused(string name, string why)
    {
        await using var person = await ConnectAsync();

        var reply = await person.Chat.Join("refusals", name, CancellationToken);

        Assert.Equal(new JoinReply(null, new Refusal(why)), reply);
        Assert.DoesNotContain(await person.Chat.ListRooms(CancellationToken), room => room.Name == "refusals");
    }

    [Fact]
    public async Task Say_WithoutHavingEntered_IsRefused()
    {
        await using var person = await ConnectAsync();

        Assert.Equal(new Refusal("Enter 'closed' before you speak there."), await person.Chat.Say("closed", "Hello?", CancellationToken));
    }

    [Fact]
    public async Task Say_NothingButBlanks_IsRefused()
    {
        await using var person = await ConnectAsync();
        await person.Chat.Join("blanks", "Ann", CancellationToken);

        Assert.Equal(new Refusal("A text is needed."), await person.Chat.Say("blanks", "  ", CancellationToken));
    }

    [Fact]
    public async Task Room_IsTheSame_HoweverItsNameIsSpelt()
    {
        await using var person = await ConnectAsync();

        var reply = await person.Chat.Join(" SpElT ", "Ann", CancellationToken);

        Assert.Equal("spelt", reply.Joined?.Room);
    }

    [Fact]
    public async Task History_IsBounded_AndKeepsTheNewest()
    {
        await using var person = await ConnectAsync();
        await person.Chat.Join("history", "Ann", CancellationToken);
        for (var number = 1; number <= 103; number++)
        {
            Assert.Null(await person.Chat.Say("history", $"line {number}", CancellationToken));
        }

        await using var newcomer = await ConnectAsync();
        var joined = (await newcomer.Chat.Join("history", "Bob", CancellationToken)).Joined;

        Assert.NotNull(joined);
        Assert.Equal(100, joined.History.Count);
        Assert.Equal(["line 4", "line 103"], [joined.History[0].Text, joined.History[^1].Text]);
        Assert.Equal(["Ann", "Bob"], joined.Members);
    }

    [Fact]
    public async Task Others_HearWhoComesTypesAndGoes()
    {
        await using var ann = await ConnectAsync();
        await ann.Chat.Join("foyer", "Ann", CancellationToken);
        await using var bob = await ConnectAsync();
        await bob.Chat.Join("foyer", "Bob", CancellationToken);
        bob.Chat.Typing("foyer");
        await bob.Chat.Say("foyer", " Hello ", CancellationToken);
        await bob.Chat.Leave("foyer", CancellationToken);
        await bob.Chat.Join("foyer", "Bob", CancellationToken);
        await bob.CloseAsync();

        string[] expected = ["Bob came in", "Bob is typing", "Bob: Hello", "Bob left the room", "Bob came in", "Bob said goodbye"];
        foreach (var what in expected)
        {
            Assert.Equal(what, await ann.HearAsync(CancellationToken));
        }
    }

    [Fact]
    public async Task TwoConnectionsUnderOneName_AreOnePerson_WhoIsGoneWithTheLast()
    {
        await using var ann = await ConnectAsync();
        await ann.Chat.Join("tabs", "Ann", CancellationToken);
        await using var first = await ConnectAsync();
        await first.Chat.Join("tabs", "Bob", CancellationToken);
        await using var second = await ConnectAsync();
        var joined = (await second.Chat.Join("tabs", "bob", CancellationToken)).Joined;
        await first.CloseAsync();
        await second.Chat.Say("tabs", "Still here", CancellationToken);
        await second.CloseAsync();

        Assert.Equal(["Ann", "Bob"], joined?.Members);
        string[] expected = ["Bob came in", "bob: Still here", "bob said goodbye"];
        foreach (var what in expected)
        {
            Assert.Equal(what, await ann.HearAsync(CancellationToken));
        }
    }

    private Task<Person> ConnectAsync() => Person.ConnectAsync(server.Address, CancellationToken);
}
