namespace TypedSockets.Benchmarks.Load;

/// <summary>A run that does not count: the server answered wrongly, lost something, or did not answer.</summary>
internal sealed class LoadException(string message) : Exception(message);
