namespace TypedSockets.Integration.Tests.Observability;

/// <summary>Tests that depend on what the whole process listens to run apart from all others.</summary>
[CollectionDefinition(nameof(ListeningTests), DisableParallelization = true)]
public sealed class ListeningTests;
