using TypedSockets.Events;

namespace TypedSockets;

/// <summary>What a filter sees of one event. Not safe for concurrent use; it is not to be kept.</summary>
public abstract class EventContext
{
    private readonly EventInvocation _invocation;

    /// <summary>Creates the context; the runtimes of both ends do, and tests of filters.</summary>
    /// <param name="contract">The name of the contract.</param>
    /// <param name="name">The event's name on the wire.</param>
    /// <param name="shape">The event in its contract; null for an event without.</param>
    /// <param name="invocation">The event itself.</param>
    protected EventContext(string contract, string name, EventShape? shape, EventInvocation invocation)
    {
        ArgumentNullException.ThrowIfNull(invocation);
        Contract = contract;
        Name = name;
        Shape = shape;
        _invocation = invocation;
    }

    /// <summary>The contract's C# name; for a namespace without a contract, what stands for it in messages.</summary>
    public string Contract { get; }

    /// <summary>The event's name on the wire.</summary>
    public string Name { get; }

    /// <summary>The event in its contract; null for an event without a contract.</summary>
    public EventShape? Shape { get; }

    /// <inheritdoc cref="EventInvocation.Arguments"/>
    /// <remarks>The names of the parameters are those of <see cref="EventShape.Parameters"/>. A cancellation token is not among them. Arguments of an event without a contract are <see cref="DynamicValue"/>s.</remarks>
    public IList<object?> Arguments => _invocation.Arguments;

    /// <inheritdoc cref="EventInvocation.ExpectsAnswer"/>
    public bool ExpectsAnswer => _invocation.ExpectsAnswer;

    /// <inheritdoc cref="EventInvocation.Result"/>
    public object? Result
    {
        get => _invocation.Result;
        set => _invocation.Result = value;
    }

    /// <inheritdoc cref="EventInvocation.CancellationToken"/>
    public CancellationToken CancellationToken => _invocation.CancellationToken;

    /// <summary>Returns the argument of a parameter.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="parameter">The parameter's name in C#.</param>
    /// <exception cref="ArgumentException">The event has no such parameter, or it is of another type.</exception>
    public T GetArgument<T>(string parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        for (var index = 0; index < Shape?.Parameters.Count; index++)
        {
            if (Shape.Parameters[index] == parameter)
            {
                return Arguments[index] is T or null && (Arguments[index] is not null || default(T) is null)
                    ? (T)Arguments[index]!
                    : throw new ArgumentException($"Parameter '{parameter}' of event '{this}' is a '{Arguments[index]?.GetType().ToString() ?? "null"}', not a '{typeof(T)}'.", nameof(parameter));
            }
        }

        throw new ArgumentException($"Event '{this}' has no parameter '{parameter}'.", nameof(parameter));
    }

    /// <summary>Returns <c>Contract.Event</c>.</summary>
    public sealed override string ToString() => $"{Contract}.{Name}";

    /// <summary>Calls the handler, or sends the event.</summary>
    protected internal ValueTask InvokeAsync() => _invocation.InvokeAsync();
}
