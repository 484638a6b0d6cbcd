using TypedSockets.Client.Transports;

namespace TypedSockets.Client.Upgrades;

/// <summary>What a session on HTTP long-polling may move to.</summary>
/// <param name="Dialer">Opens it; null when the session is to stay.</param>
/// <param name="AccessToken">The bearer token that the session was opened with.</param>
internal readonly record struct UpgradePath(ITransportDialer? Dialer, string? AccessToken);
