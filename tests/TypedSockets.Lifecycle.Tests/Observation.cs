namespace TypedSockets.Lifecycle.Tests;

/// <summary>What each end saw; null for an end that is dead or never had a session.</summary>
internal sealed record Observation(DisconnectReason? Client, bool? WillReconnect, DisconnectReason? Server);

/// <summary>What became of an upgrade, while the session went on.</summary>
internal sealed record UpgradeObservation(DisconnectReason Client, DisconnectReason? Server);
