namespace TypedSockets.Server.Filters;

/// <summary>What <c>AddFilter</c> said: a filter of every hub.</summary>
/// <param name="Resolve">Finds it among the services.</param>
internal sealed record HubFilterRegistration(Func<IServiceProvider, IHubFilter> Resolve);
