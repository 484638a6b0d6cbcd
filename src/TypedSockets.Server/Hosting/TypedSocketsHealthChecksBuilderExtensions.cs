using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server;

/// <summary>Adds the server's sessions to the health checks of an application.</summary>
public static class TypedSocketsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks whether new sessions are admitted: healthy while they are, degraded while nearly as many are open as may be (<see cref="TypedSocketServerOptions.MaxConnections"/>), and
    /// <paramref name="failureStatus"/> from the moment at which the application begins to stop, so that a load balancer sends nobody here any more. Its data are <c>sessions</c>, how many
    /// are open, and <c>maxSessions</c>, how many may be.
    /// </summary>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="name">What the check is called.</param>
    /// <param name="failureStatus">What is reported while the server shuts down; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">What the check can be filtered by, such as <c>ready</c>; null for nothing.</param>
    /// <param name="degradedFrom">From which part of the limit on the server is degraded. Default 0.9; more than 0 and at most 1, which is the limit itself.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="degradedFrom"/> is out of range.</exception>
    public static IHealthChecksBuilder AddTypedSockets(
        this IHealthChecksBuilder builder, string name = "typedsockets", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null, double degradedFrom = 0.9)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!(degradedFrom is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(degradedFrom), degradedFrom, "degradedFrom is a part of MaxConnections: more than 0 and at most 1.");
        }

        return builder.Add(new HealthCheckRegistration(name, services => new SessionHealthCheck(services.GetRequiredService<SessionRegistry>(), degradedFrom), failureStatus, tags));
    }
}
