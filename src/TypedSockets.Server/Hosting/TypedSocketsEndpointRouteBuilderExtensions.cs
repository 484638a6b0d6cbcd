using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Server.Handshake;

namespace TypedSockets.Server;

/// <summary>Maps the endpoint that clients connect to.</summary>
public static class TypedSocketsEndpointRouteBuilderExtensions
{
    /// <summary>Maps the endpoint that clients connect to. Every hub is served there.</summary>
    /// <param name="endpoints">The endpoints of the application.</param>
    /// <param name="path">Where; default <c>/socket.io</c>, which is where every Socket.IO client looks by itself.</param>
    /// <returns>What authorization, CORS and other conventions are added to.</returns>
    /// <exception cref="InvalidOperationException"><c>AddTypedSockets</c> was not called, or the hubs contradict each other.</exception>
    public static IEndpointConventionBuilder MapTypedSockets(this IEndpointRouteBuilder endpoints, string path = "/socket.io")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentException.ThrowIfNullOrEmpty(path);
        var handshake = endpoints.ServiceProvider.GetService<HandshakeEndpoint>()
            ?? throw new InvalidOperationException("MapTypedSockets needs the services of TypedSockets: call builder.Services.AddTypedSockets() first.");
        return endpoints.Map(path, handshake.HandleAsync).WithDisplayName($"TypedSockets {path}");
    }
}
