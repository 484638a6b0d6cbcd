namespace TypedSockets.Protocol.Tests;

/// <summary>Tests that listen to activities, which are the process's, or that count on nobody doing so: one at a time.</summary>
[CollectionDefinition(nameof(ListeningTests), DisableParallelization = true)]
public sealed class ListeningTests;
