using Microsoft.Extensions.Options;
using TypedSockets.Protocol.Handshake;

namespace TypedSockets.Server;

/// <summary>Checks options when they are first read.</summary>
internal sealed class TypedSocketServerOptionsValidator : IValidateOptions<TypedSocketServerOptions>
{
    private const int MinBytes = 1024;

    public ValidateOptionsResult Validate(string? name, TypedSocketServerOptions options)
    {
        List<string> failures = [];
        Positive(nameof(options.HeartbeatInterval), options.HeartbeatInterval);
        Positive(nameof(options.HeartbeatTimeout), options.HeartbeatTimeout);
        Positive(nameof(options.ConnectTimeout), options.ConnectTimeout);
        Positive(nameof(options.CloseTimeout), options.CloseTimeout);
        Positive(nameof(options.UpgradeTimeout), options.UpgradeTimeout);
        Positive(nameof(options.AuthenticationRefreshAhead), options.AuthenticationRefreshAhead);
        if (options.RequestTimeout != Timeout.InfiniteTimeSpan)
        {
            Positive(nameof(options.RequestTimeout), options.RequestTimeout);
        }

        AtLeast(nameof(options.MaxPendingRequests), options.MaxPendingRequests, 1);
        AtLeast(nameof(options.MaxPayloadBytes), options.MaxPayloadBytes, MinBytes);
        AtLeast(nameof(options.MaxClientPayloadBytes), options.MaxClientPayloadBytes, MinBytes);
        AtLeast(nameof(options.MaxQueuedBytes), options.MaxQueuedBytes, MinBytes);
        AtLeast(nameof(options.MaxQueuedPackets), options.MaxQueuedPackets, 1);
        AtLeast(nameof(options.MaxQueuedEventBytes), options.MaxQueuedEventBytes, MinBytes);
        AtLeast(nameof(options.MaxStreams), options.MaxStreams, 0);
        AtLeast(nameof(options.StreamWindowItems), options.StreamWindowItems, 1);
        AtLeast(nameof(options.StreamWindowBytes), options.StreamWindowBytes, MinBytes);
        AtLeast(nameof(options.MaxRoomsPerConnection), options.MaxRoomsPerConnection, 1);
        AtLeast(nameof(options.MaxRoomNameLength), options.MaxRoomNameLength, 1);
        AtLeast(nameof(options.MaxConcurrentHandlers), options.MaxConcurrentHandlers, 1);
        AtLeast(nameof(options.MaxConnections), options.MaxConnections ?? 1, 1);
        AtLeast(nameof(options.HttpCompressionThreshold), options.HttpCompressionThreshold ?? 0, 0);
        AtLeast("Transports.Count", options.Transports.Count, 1);
        if (!Enum.IsDefined(options.ContractPolicy))
        {
            failures.Add($"ContractPolicy is {options.ContractPolicy}; it must be one of {string.Join(", ", Enum.GetNames<ContractPolicy>())}.");
        }

        if (options.AllowCredentials && options.AllowedOrigins.Contains("*"))
        {
            failures.Add("AllowCredentials is true and AllowedOrigins contains '*'; browsers do not accept both, name the origins.");
        }

        if (options.ShutdownRetryAfter is { } retryAfter)
        {
            Positive(nameof(options.ShutdownRetryAfter), retryAfter);
        }

        NotNegative(nameof(options.ShutdownRetryWindow), options.ShutdownRetryWindow ?? TimeSpan.Zero);
        NotNegative(nameof(options.DrainTimeout), options.DrainTimeout);

        if (options.ConnectionStateRecovery is { } recovery)
        {
            const string Prefix = $"{nameof(options.ConnectionStateRecovery)}.";
            Positive(Prefix + nameof(recovery.MaxDisconnectionDuration), recovery.MaxDisconnectionDuration);
            AtLeast(Prefix + nameof(recovery.MaxEvents), recovery.MaxEvents, 1);
            AtLeast(Prefix + nameof(recovery.MaxEventBytes), recovery.MaxEventBytes, MinBytes);
            AtLeast(Prefix + nameof(recovery.MaxDisconnectedClients), recovery.MaxDisconnectedClients, 1);
        }

        foreach (var origin in options.AllowedOrigins)
        {
            if (origin != "*" && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.GetLeftPart(UriPartial.Authority) == origin))
            {
                failures.Add($"AllowedOrigins contains '{origin}'; an origin is a scheme, a host and perhaps a port, such as 'https://chat.example', or '*'.");
            }
        }

        foreach (var subProtocol in options.SubProtocols)
        {
            if (!HttpToken.IsValid(subProtocol))
            {
                failures.Add($"SubProtocols contains '{subProtocol}'; a subprotocol is a token (RFC 9110 §5.6.2), such as 'chat.v1'.");
            }
        }

        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Positive(string option, TimeSpan value)
        {
            if (value <= TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue)
            {
                failures.Add($"{option} is {value}; it must be positive and at most {TimeSpan.FromMilliseconds(int.MaxValue)}.");
            }
        }

        void NotNegative(string option, TimeSpan value)
        {
            if (value < TimeSpan.Zero || value.TotalMilliseconds > int.MaxValue)
            {
                failures.Add($"{option} is {value}; it must not be negative, and at most {TimeSpan.FromMilliseconds(int.MaxValue)}.");
            }
        }

        void AtLeast(string option, long value, long min)
        {
            if (value < min)
            {
                failures.Add($"{option} is {value}; it must be at least {min}.");
            }
        }
    }
}
