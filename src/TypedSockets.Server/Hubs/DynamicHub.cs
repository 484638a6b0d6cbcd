using System.Text.Json;

namespace TypedSockets.Server;

/// <summary>
/// The base of a hub for a namespace without a contract: it handles any event of any Socket.IO client, and of a TypedSockets client that has opened the namespace as dynamic. Arguments
/// are JSON and bytes; what they must be is for the hub to check. It lives as any other hub does.
/// </summary>
/// <inheritdoc cref="Hub{TClient}" path="/remarks"/>
public abstract class DynamicHub : Hub<DynamicPeer>, IDynamicEventHandler
{
    /// <summary>What the client said of itself when it connected, as JSON; an empty object if it said nothing. Unlike <see cref="HubConnection.User"/> nobody has checked it.</summary>
    /// <exception cref="InvalidOperationException">The hub's constructor is still running.</exception>
    public JsonElement Auth => Member.DynamicAuth;

    /// <inheritdoc/>
    /// <remarks>Refuses the event unless overridden.</remarks>
    public virtual ValueTask OnAny(DynamicEvent dynamicEvent)
    {
        ArgumentNullException.ThrowIfNull(dynamicEvent);
        dynamicEvent.Refuse();
        return default;
    }
}
