namespace TypedSockets;

/// <summary>Something that happened to a connection. A closed hierarchy; immutable.</summary>
public abstract record ConnectionEvent
{
    private protected ConnectionEvent()
    {
    }
}
