using System.Threading.RateLimiting;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.RateLimits;

/// <summary>How many events clients may send, as the options say. Safe for concurrent use.</summary>
internal sealed class EventLimits(TypedSocketServerOptions options) : IDisposable
{
    private readonly UserLimiters? _users = options.RateLimitPerUser is { } create ? new UserLimiters(create) : null;

    public void Dispose() => _users?.Dispose();

    /// <summary>Makes the limits of a client, if it is to have any; disposed when the client is gone. Returns false when an option failed to; what becomes of the client is done then.</summary>
    public bool TryLimit(HubMember member)
    {
        var option = nameof(options.RateLimitPerUser);
        RateLimiter? shared = null;
        Action? release = null;
        try
        {
            if (_users is { } users && member.UserId is { } userId)
            {
                shared = users.Rent(userId);
                release = () => users.Return(userId);
            }

            option = nameof(options.RateLimitPerConnection);
            if (options.RateLimitPerConnection?.Invoke(member.Shown) is var own && (own is not null || release is not null))
            {
                member.Limits = new MemberLimits(options.RateLimitAction, own, shared, release);
            }

            return true;
        }
        catch (Exception exception)
        {
            member.Fail(option, exception);
            release?.Invoke();
            return false;
        }
    }
}
