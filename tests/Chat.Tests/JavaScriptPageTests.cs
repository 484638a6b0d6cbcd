using Chat.Tests.Browsers;
using Chat.Tests.Processes;
using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace Chat.Tests;

/// <summary>The page with stock socket.io-client, in one room with the Blazor page. A class of its own, because it takes the server from under whoever else uses it.</summary>
public sealed class JavaScriptPageTests(ChatServer server, Browser browser) : IClassFixture<ChatServer>, IClassFixture<Browser>
{
    private Uri Page => new(server.Address, "js");

    [Fact]
    public async Task BothPages_TalkInARoom_AndSeeWhoIsThere()
    {
        var blazor = new ChatPage(await browser.OpenAsync(server.Address, 1280, 800));
        var script = new ChatPage(await browser.OpenAsync(Page, 1280, 800));
        await blazor.EnterAsync("Ada", "bridge");
        await Expect(script.OpenRoom("bridge")).ToBeVisibleAsync();
        await script.ScreenshotAsync("js-entrance");
        await script.EnterAsync("Brendan", "Bridge");
        await Expect(script.Connection).ToHaveTextAsync("Connected");
        await Expect(script.People).ToContainTextAsync("Ada");
        await Expect(blazor.People).ToContainTextAsync("Brendan");
        await Expect(blazor.Messages).ToContainTextAsync("Brendan came in.");

        await blazor.SayAsync("Does JavaScript hear me?");
        await Expect(script.Messages).ToContainTextAsync("Does JavaScript hear me?");
        await script.SayAsync("Every <b>word</b>, and with types.");
        await script.SayAsync("From the stock client.");
        await Expect(blazor.Messages).ToContainTextAsync("Every <b>word</b>, and with types.");
        await Expect(blazor.Messages).ToContainTextAsync("From the stock client.");

        var phone = new ChatPage(await browser.OpenAsync(Page, 390, 844));
        await phone.EnterAsync("Grace", "bridge");
        await Expect(script.Messages).ToContainTextAsync("Grace came in.");
        await Expect(phone.Messages).ToContainTextAsync("From the stock client.");
        await phone.Message.FillAsync("And on ");
        await Expect(blazor.Text("Grace is typing…")).ToBeVisibleAsync();
        await Expect(script.Text("Grace is typing…")).ToBeVisibleAsync();
        await phone.SayAsync("a phone it fits.");
        await Expect(script.Messages).ToContainTextAsync("And on a phone it fits.");
        await Expect(script.Text("Grace is typing…")).ToBeHiddenAsync();
        await script.ScreenshotAsync("js-desktop");
        await phone.ScreenshotAsync("js-phone");
        await script.SwitchToAsync(ColorScheme.Dark);
        await script.ScreenshotAsync("js-desktop-dark");
        await phone.SwitchToAsync(ColorScheme.Dark);
        await phone.ScreenshotAsync("js-phone-dark");
        await phone.OpenPanelAsync();
        await Expect(phone.People).ToContainTextAsync("Brendan");
        await phone.ScreenshotAsync("js-phone-panel");

        await phone.CloseAsync();
        await Expect(script.Messages).ToContainTextAsync("Grace closed the tab.");
        await Expect(script.People).Not.ToContainTextAsync("Grace");
        await blazor.CloseAsync();
        await Expect(script.Messages).ToContainTextAsync("Ada closed the tab.");
        await script.CloseAsync();
    }

    [Fact]
    public async Task Refusals_AreSentences()
    {
        var page = new ChatPage(await browser.OpenAsync(Page, 390, 844));
        await page.EnterAsync("Edsger", "go to");
        await Expect(page.Problem).ToHaveTextAsync("A room name cannot contain ' ': letters, digits and '-' are allowed.");
        await page.ScreenshotAsync("js-refused");
        await page.CloseAsync();
    }

    [Fact]
    public async Task Page_WhenTheServerIsGone_SaysWhyAndComesBackIntoItsRoom()
    {
        var page = new ChatPage(await browser.OpenAsync(Page, 390, 844));
        await page.EnterAsync("Radia", "trees");
        await Expect(page.Messages).ToBeVisibleAsync();
        await Expect(page.Connection).ToHaveTextAsync("Connected");

        await server.KillAsync();
        await Expect(page.Connection).ToContainTextAsync("The transport was closed without a goodbye.");
        await page.ScreenshotAsync("js-connection-lost");
        await server.StartAgainAsync();

        await Expect(page.Messages).ToContainTextAsync("You are back. The transport was closed without a goodbye.");
        await Expect(page.Connection).ToHaveTextAsync("Connected");
        await page.SayAsync("Here again");
        await Expect(page.Messages).ToContainTextAsync("Here again");
        await page.CloseAsync();
    }
}
