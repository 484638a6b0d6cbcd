namespace TypedSockets.Client;

/// <summary>How a client is called in messages.</summary>
internal static class ClientName
{
    public static string Show(string? name) => string.IsNullOrEmpty(name) ? "the TypedSockets client" : $"TypedSockets client '{name}'";
}
