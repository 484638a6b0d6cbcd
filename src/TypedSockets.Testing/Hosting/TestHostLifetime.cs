using Microsoft.Extensions.Hosting;

namespace TypedSockets.Testing;

/// <summary>A host that a test starts and stops: it listens to no signal of the process.</summary>
internal sealed class TestHostLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
