using Microsoft.Extensions.Hosting;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server;

/// <summary>
/// Keeps the host from stopping anything else before the sessions have ended. While it waits the server still answers requests: a client on HTTP long-polling fetches its goodbye with
/// its next GET, and whoever wants to connect is told to go elsewhere.
/// </summary>
internal sealed class GracefulShutdown(SessionRegistry sessions) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) => sessions.DrainAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
