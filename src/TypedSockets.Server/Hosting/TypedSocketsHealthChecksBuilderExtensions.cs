using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server;

/// <summary>Adds the server's sessions to the health checks of an application.</summary>
public static class TypedSocketsHealthChecksBuilderExtensions
{
    /// <summary>
    /// Checks whether new sessions are admitted: healthy while they are, degraded while as many are open as may be (<see cref="TypedSocketServerOptions.MaxConnections"/>), and
    /// <paramref name="failureStatus"/> from the moment at which the application begins to stop, so that a load balancer sends nobody here any more.
    /// </summary>
    /// <param name="builder">The health checks of the application.</param>
    /// <param name="name">What the check is called.</param>
    /// <param name="failureStatus">What is reported while the server shuts down; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">What the check can be filtered by, such as <c>ready</c>.</param>
    public static IHealthChecksBuilder AddTypedSockets(this IHealthChecksBuilder builder, string name = "typedsockets", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Add(new HealthCheckRegistration(name, static services => new SessionHealthCheck(services.GetRequiredService<SessionRegistry>()), failureStatus, tags));
    }
}
