using Chat.Tests.Processes;
using TypedSockets.Tests.Shared;
using Xunit;

namespace Chat.Tests;

/// <summary>The console client as a script uses it: lines in, lines out, an exit code.</summary>
public sealed class TerminalTests(ChatServer server) : IClassFixture<ChatServer>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Input_ThatEndsAtOnce_IsStillSaid()
    {
        await using var listener = new DotnetProcess("Chat.Console", server.Address.ToString(), "Listener", "pipe");
        await listener.ReadUntilAsync("#pipe: Listener", CancellationToken);
        await using var speaker = new DotnetProcess("Chat.Console", server.Address.ToString(), "Speaker", "pipe");

        await speaker.Input.WriteLineAsync("first");
        await speaker.Input.WriteLineAsync("second");
        speaker.Input.Close();

        Assert.Equal(0, await speaker.WaitForExitAsync(CancellationToken));
        await listener.ReadUntilAsync("Speaker: first", CancellationToken);
        await listener.ReadUntilAsync("Speaker: second", CancellationToken);
        await listener.ReadUntilAsync("Speaker said goodbye.", CancellationToken);
    }

    /// <summary>Whatever the client's library or the generated code found by reflection would be gone.</summary>
    [Fact]
    [Trait("Category", "Publishing")]
    public async Task TrimmedProgram_TalksAsTheOrdinaryOneDoes()
    {
        var program = await TrimmedProgram.PublishAsync("samples/Chat.Console/Chat.Console.csproj");
        await using var listener = new DotnetProcess("Chat.Console", server.Address.ToString(), "Hairy", "barber");
        await listener.ReadUntilAsync("#barber: Hairy", CancellationToken);
        await using var trimmed = DotnetProcess.SelfContained(program, server.Address.ToString(), "Bald", "barber");
        await trimmed.Input.WriteLineAsync("short and neat");
        await listener.ReadUntilAsync("Bald: short and neat", CancellationToken);
        trimmed.Input.Close();
        Assert.Equal(0, await trimmed.WaitForExitAsync(CancellationToken));
    }

    [Fact]
    public async Task Quit_LeavesAndExitsWithZero()
    {
        await using var console = new DotnetProcess("Chat.Console", server.Address.ToString(), "Leaver", "door");

        await console.Input.WriteLineAsync("/quit");

        await console.ReadUntilAsync("Disconnected. The client closed the connection.", CancellationToken);
        Assert.Equal(0, await console.WaitForExitAsync(CancellationToken));
    }

    [Fact]
    public async Task Rooms_PrintsThoseThatAreOpen()
    {
        await using var console = new DotnetProcess("Chat.Console", server.Address.ToString(), "Mapmaker", "atlas");

        await console.Input.WriteLineAsync("/rooms");

        await console.ReadUntilAsync("#atlas, 1 person", CancellationToken);
    }

    [Fact]
    public async Task TextThatIsTooLong_IsNotSaidAndTheSentenceIsPrinted()
    {
        await using var console = new DotnetProcess("Chat.Console", server.Address.ToString(), "Marcel", "novel");

        await console.Input.WriteLineAsync(new string('x', 501));

        await console.ReadUntilAsync("Not said. That text has 501 characters; at most 500 are allowed.", CancellationToken);
    }

    [Fact]
    public async Task NameThatIsRefused_ExitsWithOne()
    {
        await using var console = new DotnetProcess("Chat.Console", server.Address.ToString(), new string('n', 25), "lobby");

        await console.ReadUntilAsync("Not entered. That name has 25 characters; at most 24 are allowed.", CancellationToken);
        Assert.Equal(1, await console.WaitForExitAsync(CancellationToken));
    }

    [Fact]
    public async Task NoArguments_PrintsTheUsageAndExitsWithTwo()
    {
        await using var console = new DotnetProcess("Chat.Console");

        await console.ReadUntilAsync("Usage:", CancellationToken);
        Assert.Equal(2, await console.WaitForExitAsync(CancellationToken));
    }
}
