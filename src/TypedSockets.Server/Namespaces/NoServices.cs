namespace TypedSockets.Server.Namespaces;

/// <summary>For what asks for no services.</summary>
internal sealed class NoServices : IServiceProvider
{
    public static NoServices Instance { get; } = new();

    public object? GetService(Type serviceType) => null;
}
