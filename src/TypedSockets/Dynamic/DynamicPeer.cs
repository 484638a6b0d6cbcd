using TypedSockets.Events;

namespace TypedSockets;

/// <summary>
/// Whom events without a contract are sent to: one peer, or many. They travel over Socket.IO alone: a client that speaks TypedSockets' own codec, which it does unless it has opened a
/// namespace for such events, has no handler for them. Safe for concurrent use; events sent from one thread to one peer arrive in the order sent.
/// </summary>
public sealed class DynamicPeer : IClientEvents
{
    private readonly IDynamicSender _sender;

    /// <summary>Creates a peer; the runtime does, and tests of hubs.</summary>
    /// <param name="sender">Takes the events.</param>
    public DynamicPeer(IDynamicSender sender) => _sender = sender;

    /// <summary>Sends an event. Returns when it is encoded and queued; never waits for the network. Sent to many, it does not reach clients that do not speak Socket.IO.</summary>
    /// <param name="name">The event's name; it may be one of a contract, whose types are then not checked.</param>
    /// <param name="arguments">What goes with it.</param>
    /// <exception cref="ArgumentException">Socket.IO reserves the name.</exception>
    /// <exception cref="NotConnectedException">There is no open connection.</exception>
    /// <exception cref="EventNotSupportedException">The peer does not speak Socket.IO.</exception>
    /// <exception cref="PayloadTooLargeException">The encoded event exceeds what the peer accepts.</exception>
    public void Emit(string name, params ReadOnlySpan<DynamicValue> arguments)
    {
        ArgumentNullException.ThrowIfNull(name);
        _sender.Emit(name, arguments);
    }

    /// <summary>Sends an event and completes with the arguments of its acknowledgement.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">What goes with it.</param>
    /// <returns>What the peer answered.</returns>
    /// <exception cref="EventNotSupportedException">The peer does not speak Socket.IO, or the target is not one peer.</exception>
    /// <exception cref="RemoteException">The peer's handler failed, and the peer is of TypedSockets.</exception>
    /// <exception cref="DisconnectedException">The connection ended before the answer came.</exception>
    /// <exception cref="TimeoutException">No answer came within the request timeout.</exception>
    /// <inheritdoc cref="Emit" path="/exception"/>
    public ValueTask<DynamicArguments> EmitWithAck(string name, params ReadOnlySpan<DynamicValue> arguments) => EmitWithAck(name, arguments, CancellationToken.None);

    /// <param name="cancellationToken">Gives up; Socket.IO has no word to tell the peer.</param>
    /// <inheritdoc cref="EmitWithAck(string, ReadOnlySpan{DynamicValue})"/>
    /// <param name="name">The event's name.</param>
    /// <param name="arguments">What goes with it.</param>
    public ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _sender.EmitWithAck(name, arguments, cancellationToken);
    }
}
