using Microsoft.Extensions.Diagnostics.HealthChecks;
using TypedSockets.Server.Sessions;

namespace TypedSockets.Server;

/// <summary>Tells whether the server admits sessions.</summary>
internal sealed class SessionHealthCheck(SessionRegistry sessions) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var (count, max) = (sessions.Count, sessions.MaxConnections);
        var data = new Dictionary<string, object> { ["sessions"] = count, ["maxSessions"] = max };
        return Task.FromResult((sessions.IsDraining, count >= max) switch
        {
            (true, _) => new HealthCheckResult(context.Registration.FailureStatus, $"The server is shutting down; {count} sessions are left.", null, data),
            (_, true) => HealthCheckResult.Degraded($"{max} sessions are open, which is the limit (MaxConnections).", null, data),
            _ => HealthCheckResult.Healthy($"{count} sessions are open; {max} may be (MaxConnections).", data),
        });
    }
}
