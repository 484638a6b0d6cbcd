namespace TypedSockets.Formats.Benchmarks.Contracts;

/// <summary>Hears nothing.</summary>
public interface INoEvents : IClientEvents;
