using Microsoft.Extensions.Hosting;

namespace TypedSockets.Client.Hosting.Tests.Guide;

public sealed class Greeter(IChatServer chat) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var joined = await chat.Join("lobby");
        chat.Say("lobby", $"Hello, {joined.Members.Count} of you!");
    }
}
