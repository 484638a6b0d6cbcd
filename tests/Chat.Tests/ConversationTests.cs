using System.Text.RegularExpressions;
using Chat.Tests.Browsers;
using Chat.Tests.Processes;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests;

/// <summary>People talk: in browser windows and at a terminal, over the real server.</summary>
public sealed class ConversationTests(ChatServer server, Browser browser) : IClassFixture<ChatServer>, IClassFixture<Browser>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TwoWindowsAndATerminal_TalkInARoom_AndSeeWhyOneIsGone()
    {
        var ada = new ChatPage(await browser.OpenAsync(server.Address, 1280, 800));
        var grace = new ChatPage(await browser.OpenAsync(server.Address, 390, 844));
        await ada.EnterAsync("Ada", "engines");
        await grace.EnterAsync("Grace", "engines");
        await using var linus = new DotnetProcess("Chat.Console", server.Address.ToString(), "Linus", "engines");
        await linus.ReadUntilAsync("#engines: Ada, Grace, Linus", CancellationToken);
        await Expect(ada.Messages).ToContainTextAsync("Linus came in.");
        await Expect(ada.People).ToContainTextAsync("Grace");

        await ada.SayAsync("Who has seen the new release?");
        await Expect(grace.Messages).ToContainTextAsync("Who has seen the new release?");
        await linus.ReadUntilAsync("Ada: Who has seen the new release?", CancellationToken);

        await linus.Input.WriteLineAsync("I have, from a terminal.");
        await Expect(ada.Messages).ToContainTextAsync("I have, from a terminal.");
        await Expect(grace.Messages).ToContainTextAsync("I have, from a terminal.");

        await grace.Message.FillAsync("I am on a phone");
        await Expect(ada.Text("Grace is typing…")).ToBeVisibleAsync();
        await ada.ScreenshotAsync("desktop");
        await grace.ScreenshotAsync("phone");
        await ada.SwitchToAsync(ColorScheme.Dark);
        await ada.ScreenshotAsync("desktop-dark");
        await grace.SwitchToAsync(ColorScheme.Dark);
        await grace.ScreenshotAsync("phone-dark");

        await grace.CloseAsync();
        await Expect(ada.Messages).ToContainTextAsync("Grace closed the tab.");
        await Expect(ada.People).Not.ToContainTextAsync("Grace");
        await linus.ReadUntilAsync("Grace closed the tab.", CancellationToken);

        linus.Input.Close();
        Assert.Equal(0, await linus.WaitForExitAsync(CancellationToken));
        await Expect(ada.Messages).ToContainTextAsync("Linus said goodbye.");
    }

    [Theory]
    // A tab that is closed between two GETs breaks none of them; its heartbeat tells.
    [InlineData("Polling", "Connected by polling", "Hedy (lost the connection|fell silent)")]
    [InlineData("Polling,WebSocket", "Connected", "Hedy closed the tab")]
    public async Task Browser_ThatBeginsWithPolling_TalksAndMovesToAWebSocketIfItMay_AndIsMissedWhenItsTabIsClosed(string transports, string connection, string farewell)
    {
        var watcher = new ChatPage(await browser.OpenAsync(server.Address, 1280, 800));
        await watcher.EnterAsync("George", "waves");
        var page = new ChatPage(await browser.OpenAsync(new Uri(server.Address, $"?transports={transports}"), 1280, 800));
        await page.EnterAsync("Hedy", "waves");
        await page.SayAsync("Over requests first");
        await Expect(page.Messages).ToContainTextAsync("Over requests first");
        await Expect(page.Connection).ToHaveTextAsync(connection);
        await page.SayAsync("And still here");
        await Expect(watcher.Messages).ToContainTextAsync("And still here");
        await page.CloseAsync();
        await Expect(watcher.Messages).ToContainTextAsync(new Regex(farewell));
        await watcher.CloseAsync();
    }

    [Fact]
    public async Task Newcomer_FindsWhatWasSaidBefore()
    {
        var first = new ChatPage(await browser.OpenAsync(server.Address, 1280, 800));
        await first.EnterAsync("Barbara", "library");
        await first.SayAsync("The first line of the library");
        await Expect(first.Messages).ToContainTextAsync("The first line of the library");

        var second = new ChatPage(await browser.OpenAsync(server.Address, 1280, 800));
        await second.EnterAsync("Niklaus", "library");

        await Expect(second.Messages).ToContainTextAsync("The first line of the library");
    }

    [Fact]
    public async Task RoomName_WithABlank_IsRefusedWithASentence()
    {
        var page = new ChatPage(await browser.OpenAsync(server.Address, 390, 844));

        await page.EnterAsync("Edsger", "go to");

        await Expect(page.Problem).ToHaveTextAsync("A room name cannot contain ' ': letters, digits and '-' are allowed.");
    }
}
