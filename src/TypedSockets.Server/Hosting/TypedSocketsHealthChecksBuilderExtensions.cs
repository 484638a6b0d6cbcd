using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSockets.Server.Health;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server;

/// <summary>Adds a TypedSockets server to the health checks of its application.</summary>
public static class TypedSocketsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Adds a check that is healthy while the server takes new sessions, degraded when it is near <see cref="TypedSocketServerOptions.MaxConnections"/>, and unhealthy once it is shutting
    /// down. Its data are <c>sessions</c>, how many are open, and <c>limit</c>, how many may be.
    /// </summary>
    /// <param name="builder">The health checks. <c>AddTypedSockets</c> of the services is called for itself, before or after.</param>
    /// <param name="name">The name of the check. Default <c>typedsockets</c>.</param>
    /// <param name="degradedFrom">From which part of the limit on the server is degraded. Default 0.9; more than 0 and at most 1.</param>
    /// <param name="failureStatus">What is reported while the server is shutting down. Default null: <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">What the check can be chosen by, such as <c>ready</c>. Default null: nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degradedFrom"/> is out of range.</exception>
    public static IHealthChecksBuilder AddTypedSockets(
        this IHealthChecksBuilder builder, string name = "typedsockets", double degradedFrom = 0.9, HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!(degradedFrom is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(degradedFrom), degradedFrom, "degradedFrom is a part of MaxConnections: more than 0 and at most 1.");
        }

        return builder.Add(new HealthCheckRegistration(name, services => new TypedSocketsHealthCheck(services.GetRequiredService<SessionRegistry>(), degradedFrom), failureStatus, tags));
    }
}
