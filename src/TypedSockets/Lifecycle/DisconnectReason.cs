namespace TypedSockets;

/// <summary>
/// Why a connection ended. A closed hierarchy, the same on both ends: a reason that one end decides crosses the wire, and the other end sees the same type with the
/// <see cref="Initiator"/> turned round. Immutable.
/// </summary>
public abstract record DisconnectReason
{
    private protected DisconnectReason(DisconnectCode code, Initiator initiator)
    {
        Code = code;
        Initiator = initiator;
    }

    /// <summary>The stable number of this kind of reason.</summary>
    public DisconnectCode Code { get; }

    /// <summary>Who ended the connection, seen from this end.</summary>
    public Initiator Initiator { get; init; }

    /// <summary>Whether a client comes back by itself. False where somebody decided that the connection is over, or where trying again cannot help.</summary>
    public virtual bool AllowsReconnect => true;

    /// <summary>A sentence for people: what happened, with the values that matter.</summary>
    public abstract string Description { get; }

    /// <summary>The string that Socket.IO gives this reason on one end.</summary>
    /// <param name="observer">The end that sees it.</param>
    public abstract string ToSocketIO(Side observer);

    /// <summary>Returns <see cref="Description"/>.</summary>
    public sealed override string ToString() => Description;
}
