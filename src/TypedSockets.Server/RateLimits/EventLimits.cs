using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.RateLimits;

/// <summary>How many events clients may send, as the options say. Safe for concurrent use.</summary>
internal sealed class EventLimits(TypedSocketServerOptions options) : IDisposable
{
    private readonly UserLimiters? _users = options.RateLimitPerUser is { } create ? new UserLimiters(create) : null;

    public void Dispose() => _users?.Dispose();

    /// <summary>Makes the limits of a client; null for none. Disposed when the client is gone.</summary>
    public MemberLimits? Of(HubMember member)
    {
        if (_users is null || member.UserId is not { } userId)
        {
            return options.RateLimitPerConnection?.Invoke(member.Shown) is { } alone ? new MemberLimits(options.RateLimitAction, alone, null, null) : null;
        }

        var shared = _users.Rent(userId);
        try
        {
            return new MemberLimits(options.RateLimitAction, options.RateLimitPerConnection?.Invoke(member.Shown), shared, () => _users.Return(userId));
        }
        catch
        {
            _users.Return(userId);
            throw;
        }
    }
}
