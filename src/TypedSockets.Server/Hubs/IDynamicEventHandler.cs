namespace TypedSockets.Server;

/// <summary>
/// What a hub implements to handle the events that its contract does not have, so that clients can move to the contract one event at a time. Only clients that speak Socket.IO can send
/// such events. Without it, and between TypedSockets' own codec, an event that no contract has is refused.
/// </summary>
public interface IDynamicEventHandler
{
    /// <summary>Handles one event, in turn with the client's other events. What it throws is reported as of any handler, and answered if the client waits for an answer.</summary>
    /// <param name="dynamicEvent">The event.</param>
    ValueTask OnAny(DynamicEvent dynamicEvent);
}
