using Microsoft.Playwright;
using Xunit;

namespace Chat.Tests.Browsers;

/// <summary>One headless Chromium for the tests of a class.</summary>
public sealed class Browser : IAsyncLifetime
{
    private const string RequireVariable = "TYPEDSOCKETS_REQUIRE_BROWSER";

    private static readonly string[] s_paths = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (s_paths.FirstOrDefault(File.Exists) is not { } path)
        {
            return;
        }

        // A page boots a .NET runtime, on a machine that other tests keep busy.
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>Opens a window with a person's own storage. Skips the test where there is no browser, unless one is required.</summary>
    public async Task<IPage> OpenAsync(Uri address, int width, int height, ColorScheme scheme = ColorScheme.Light)
    {
        var missing = $"No Chromium was found: looked for {string.Join(", ", s_paths)}.";
        Assert.False(_browser is null && Environment.GetEnvironmentVariable(RequireVariable) == "1", $"{missing} {RequireVariable} is 1, so it is required.");
        Assert.SkipWhen(_browser is null, missing);

        var context = await _browser!.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = height }, ColorScheme = scheme });
        var page = await context.NewPageAsync();
        await page.GotoAsync(address.ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
