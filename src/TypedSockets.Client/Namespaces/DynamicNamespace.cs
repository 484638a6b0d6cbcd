using TypedSockets.Events;

namespace TypedSockets.Client;

/// <summary>
/// Events without a contract, in one namespace of a socket: those of a namespace that has none, or those that the contract does not have yet. Handlers run one at a time, in the order in
/// which the events came, and in turn with the contract's. An event that nobody handles is refused. Safe for concurrent use; usable across reconnections.
/// </summary>
public sealed class DynamicNamespace
{
    private readonly Lock _gate = new();
    private readonly DynamicPeer _server;

    // Replaced as a whole, so that an event is handled by those who were there when it came.
    private volatile Registration[] _registrations = [];

    internal DynamicNamespace(string name, IDynamicSender sender)
    {
        Name = name;
        _server = new DynamicPeer(sender);
    }

    /// <summary>The namespace, such as <c>/custom</c>.</summary>
    public string Name { get; }

    /// <summary>Adds a handler of one event. Handlers of one event run one after the other, in the order in which they were added.</summary>
    /// <param name="name">The event's name.</param>
    /// <param name="handler">Handles it; what it throws goes to the lifecycle as <see cref="HandlerFailed"/>.</param>
    /// <returns>Removes the handler when it is disposed of.</returns>
    public IDisposable On(string name, Func<DynamicEvent, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(handler);
        return Add(name, handler);
    }

    /// <inheritdoc cref="On(string, Func{DynamicEvent, ValueTask})"/>
    public IDisposable On(string name, Action<DynamicEvent> handler)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(handler);
        return Add(name, Wrap(handler));
    }

    /// <summary>Adds a handler of every event that the contract, if there is one, does not have.</summary>
    /// <inheritdoc cref="On(string, Func{DynamicEvent, ValueTask})"/>
    public IDisposable OnAny(Func<DynamicEvent, ValueTask> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(null, handler);
    }

    /// <inheritdoc cref="OnAny(Func{DynamicEvent, ValueTask})"/>
    public IDisposable OnAny(Action<DynamicEvent> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return Add(null, Wrap(handler));
    }

    /// <inheritdoc cref="DynamicPeer.Emit"/>
    public void Emit(string name, params ReadOnlySpan<DynamicValue> arguments) => _server.Emit(name, arguments);

    /// <inheritdoc cref="DynamicPeer.EmitWithAck(string, ReadOnlySpan{DynamicValue})"/>
    public ValueTask<DynamicArguments> EmitWithAck(string name, params ReadOnlySpan<DynamicValue> arguments) => _server.EmitWithAck(name, arguments);

    /// <inheritdoc cref="DynamicPeer.EmitWithAck(string, ReadOnlySpan{DynamicValue}, CancellationToken)"/>
    public ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken) =>
        _server.EmitWithAck(name, arguments, cancellationToken);

    internal async ValueTask HandleAsync(DynamicEvent @event)
    {
        var isHandled = false;
        foreach (var registration in _registrations)
        {
            if (registration.Event is null || registration.Event == @event.Name)
            {
                isHandled = true;
                await registration.Handler(@event).ConfigureAwait(false);
            }
        }

        if (!isHandled)
        {
            @event.Refuse();
        }
    }

    private static Func<DynamicEvent, ValueTask> Wrap(Action<DynamicEvent> handler) => @event =>
    {
        handler(@event);
        return default;
    };

    private Registration Add(string? name, Func<DynamicEvent, ValueTask> handler)
    {
        var registration = new Registration(this, name, handler);
        lock (_gate)
        {
            _registrations = [.. _registrations, registration];
        }

        return registration;
    }

    private void Remove(Registration registration)
    {
        lock (_gate)
        {
            _registrations = [.. _registrations.Where(other => other != registration)];
        }
    }

    private sealed class Registration(DynamicNamespace owner, string? @event, Func<DynamicEvent, ValueTask> handler) : IDisposable
    {
        public string? Event { get; } = @event;

        public Func<DynamicEvent, ValueTask> Handler { get; } = handler;

        public void Dispose() => owner.Remove(this);
    }
}
