namespace TypedSockets;

/// <summary>The connection ended before the answer came, or could not be made.</summary>
public sealed class DisconnectedException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="reason">Why the connection ended.</param>
    public DisconnectedException(DisconnectReason reason) : base(reason?.Description)
    {
        ArgumentNullException.ThrowIfNull(reason);
        Reason = reason;
    }

    /// <summary>Why the connection ended.</summary>
    public DisconnectReason Reason { get; }
}
