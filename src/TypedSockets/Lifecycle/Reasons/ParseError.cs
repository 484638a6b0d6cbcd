namespace TypedSockets;

/// <summary>A packet cannot be read.</summary>
/// <param name="Detail">What cannot be read, and where.</param>
public sealed record ParseError(string Detail) : DisconnectReason(DisconnectCode.ParseError, Initiator.Local)
{
    /// <inheritdoc/>
    public override string Description => $"A packet cannot be read: {Detail}";

    /// <inheritdoc/>
    public override string ToSocketIO(Side observer) => "parse error";
}
