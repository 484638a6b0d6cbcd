using System.Diagnostics.CodeAnalysis;
using System.Threading.RateLimiting;

namespace TypedSockets.Server.RateLimits;

/// <summary>What an event has taken of its limiters while it is handled.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never compared.")]
internal readonly struct EventLease(RateLimitLease? own, RateLimitLease? shared) : IDisposable
{
    public void Dispose()
    {
        own?.Dispose();
        shared?.Dispose();
    }
}
