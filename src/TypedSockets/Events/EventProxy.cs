namespace TypedSockets.Events;

/// <summary>The base of generated proxies, by which the runtime finds where one sends its events, and makes another that sends elsewhere. Immutable; safe for concurrent use.</summary>
/// <param name="sender">Takes the events.</param>
public abstract class EventProxy(EventSender sender)
{
    /// <summary>Takes the events.</summary>
    public EventSender Sender { get; } = sender;

    /// <summary>Makes a proxy of the same interface that sends elsewhere.</summary>
    /// <param name="sender">Takes the events.</param>
    public abstract EventProxy WithSender(EventSender sender);
}
