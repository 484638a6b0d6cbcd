using Microsoft.Playwright;

namespace Chat.Tests.Browsers;

/// <summary>The chat's page as a person sees it.</summary>
internal sealed class ChatPage(IPage page)
{
    public ILocator Messages => page.GetByRole(AriaRole.Log);

    public ILocator People => page.GetByRole(AriaRole.Region, new() { Name = "People" });

    public ILocator Rooms => page.GetByRole(AriaRole.Navigation, new() { Name = "Rooms" });

    public ILocator Message => page.GetByLabel("Message to");

    public ILocator Problem => page.GetByRole(AriaRole.Alert).Filter(new() { HasTextRegex = new(@"\S") });

    public ILocator Connection => page.GetByRole(AriaRole.Status);

    /// <summary>A room that the page at the door offers.</summary>
    public ILocator OpenRoom(string room) => page.GetByRole(AriaRole.Group, new() { Name = "Open rooms" }).GetByText($"#{room}");

    public ILocator Text(string text) => page.GetByText(text);

    /// <summary>Enters a room with the keyboard alone.</summary>
    public async Task EnterAsync(string name, string room)
    {
        await page.GetByLabel("Your name").FillAsync(name);
        await page.GetByLabel("Room", new() { Exact = true }).FillAsync(room);
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Enter" })).ToBeEnabledAsync();
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Says something with the keyboard alone: the field has the focus when a room is entered, and Enter sends.</summary>
    public async Task SayAsync(string text)
    {
        await Assertions.Expect(Message).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Shows rooms and people where there is no place for them beside the messages.</summary>
    public Task OpenPanelAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Rooms and people" }).ClickAsync();

    public Task ScreenshotAsync(string name) => page.ScreenshotAsync(new() { Path = Artifacts.Screenshot(name) });

    public Task SwitchToAsync(ColorScheme scheme) => page.EmulateMediaAsync(new() { ColorScheme = scheme });

    /// <summary>Closes the tab.</summary>
    public Task CloseAsync() => page.CloseAsync();
}
