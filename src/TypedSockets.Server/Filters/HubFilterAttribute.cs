using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.DependencyInjection;

namespace TypedSockets.Server;

/// <summary>The base of <see cref="HubFilterAttribute{TFilter}"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method, AllowMultiple = true)]
public abstract class HubFilterAttribute : Attribute
{
    private protected HubFilterAttribute()
    {
    }

    /// <summary>Where the filter stands among those of the same hub or event: those with lower numbers are further out. Default 0; equal ones stand as they are written.</summary>
    public int Order { get; set; }

    internal abstract IHubFilter Resolve(IServiceProvider services);
}

/// <summary>
/// Adds a filter to a hub, on its class, or to one event, on the hub's method. The attributes are read once, when the server starts. The filter is a singleton of dependency injection; one
/// that is not registered is made by its constructor, once for the attribute, and not disposed.
/// </summary>
/// <typeparam name="TFilter">The filter.</typeparam>
public sealed class HubFilterAttribute<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TFilter> : HubFilterAttribute
    where TFilter : class, IHubFilter
{
    internal override IHubFilter Resolve(IServiceProvider services) => ActivatorUtilities.GetServiceOrCreateInstance<TFilter>(services);
}
