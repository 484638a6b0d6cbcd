using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server.Health;

/// <summary>Whether the server takes new sessions.</summary>
/// <param name="sessions">The sessions of the server.</param>
/// <param name="degradedFrom">From which part of the limit on the server is degraded.</param>
internal sealed class TypedSocketsHealthCheck(SessionRegistry sessions, double degradedFrom) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check(context.Registration.FailureStatus));

    private HealthCheckResult Check(HealthStatus failureStatus)
    {
        var (count, limit) = (sessions.Count, sessions.MaxConnections);
        var data = new Dictionary<string, object> { ["sessions"] = count, ["limit"] = limit };
        if (sessions.IsStopping)
        {
            return new HealthCheckResult(failureStatus, "The server is shutting down and takes no new sessions.", exception: null, data);
        }

        return count >= limit * degradedFrom
            ? HealthCheckResult.Degraded($"{count} sessions are open; the limit is {limit} (MaxConnections).", exception: null, data)
            : HealthCheckResult.Healthy($"{count} sessions are open.", data);
    }
}
