using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>An ASP.NET Core application with its default settings, on a free loopback port and without logs.</summary>
internal static class KestrelServer
{
    public static async Task<int> StartAsync(Action<WebApplicationBuilder> configure, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        configure(builder);
        var application = builder.Build();
        map(application);
        await application.StartAsync();
        return new Uri(application.Urls.Single()).Port;
    }
}
