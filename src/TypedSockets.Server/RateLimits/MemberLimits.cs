using System.Threading.RateLimiting;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.RateLimits;

/// <summary>What one client may send: its own limiter, and that of its user. Safe for concurrent use.</summary>
/// <param name="action">What becomes of the client above the limit.</param>
/// <param name="own">The connection's limiter; null for none.</param>
/// <param name="shared">The user's limiter; null for none.</param>
/// <param name="release">Gives the user's limiter back; null where there is no user.</param>
internal sealed class MemberLimits(RateLimitAction action, RateLimiter? own, RateLimiter? shared, Action? release) : IDisposable
{
    public void Dispose()
    {
        try
        {
            own?.Dispose();
        }
        finally
        {
            release?.Invoke();
        }
    }

    /// <summary>Takes what one event needs. Returns false when there is none left; what became of the client is done then.</summary>
    /// <param name="member">The client.</param>
    /// <param name="lease">What was taken, to be disposed when the event has been handled.</param>
    /// <param name="refusal">What the caller of the event is told; null where the connection is over.</param>
    public bool TryAcquire(HubMember member, out EventLease lease, out EventRefusedException? refusal)
    {
        lease = default;
        refusal = null;
        var first = own?.AttemptAcquire();
        if (first is { IsAcquired: false })
        {
            refusal = Refuse(member, first);
            return false;
        }

        RateLimitLease? second;
        try
        {
            second = shared?.AttemptAcquire();
        }
        catch
        {
            first?.Dispose();
            throw;
        }

        if (second is { IsAcquired: false })
        {
            first?.Dispose();
            refusal = Refuse(member, second);
            return false;
        }

        lease = new EventLease(first, second);
        return true;
    }

    /// <summary>Handles an event without a contract, if the client may send one more.</summary>
    public async ValueTask HandleAsync(HubMember member, DynamicEvent dynamicEvent, Func<DynamicEvent, ValueTask> handler)
    {
        if (TryAcquire(member, out var lease, out var refusal))
        {
            using (lease)
            {
                await handler(dynamicEvent);
            }
        }
        else if (refusal is not null)
        {
            throw refusal;
        }
    }

    private EventRefusedException? Refuse(HubMember member, RateLimitLease lease)
    {
        using (lease)
        {
            var retryAfter = lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : (TimeSpan?)null;
            if (action is RateLimitAction.Refuse)
            {
                return new EventRefusedException(RemoteFault.RateLimited) { RetryAfter = retryAfter };
            }

            member.Expel(new RateLimited(retryAfter));
            return null;
        }
    }
}
