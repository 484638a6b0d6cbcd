namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>A life broke a rule.</summary>
internal sealed class LifeException(string rule) : Exception(rule);
