using Chat.Tests.Browsers;
using Chat.Tests.Processes;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests;

/// <summary>The server goes away and comes back. A class of its own, because it takes the server from under whoever else uses it.</summary>
public sealed class ReconnectionTests(ChatServer server, Browser browser) : IClassFixture<ChatServer>, IClassFixture<Browser>
{
    [Fact]
    public async Task Page_WhenTheServerIsGone_SaysWhyAndComesBackIntoItsRoom()
    {
        var page = new ChatPage(await browser.OpenAsync(server.Address, 1280, 800));
        await page.EnterAsync("Radia", "bridges");
        // In the room, not just connected: a server that is killed before it has answered leaves the person at the door, with the reason.
        await Expect(page.Messages).ToBeVisibleAsync();
        await Expect(page.Connection).ToHaveTextAsync("Connected");

        await server.KillAsync();
        await Expect(page.Connection).ToContainTextAsync("The transport was closed without a goodbye.");
        await page.ScreenshotAsync("connection-lost");
        await server.StartAgainAsync();

        await Expect(page.Messages).ToContainTextAsync("You are back. The transport was closed without a goodbye.");
        await Expect(page.Connection).ToHaveTextAsync("Connected");
        await page.SayAsync("Here again");
        await Expect(page.Messages).ToContainTextAsync("Here again");
    }
}
