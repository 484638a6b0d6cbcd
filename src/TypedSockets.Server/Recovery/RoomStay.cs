namespace TypedSockets.Server.Recovery;

/// <summary>That a client was in a room, told by the events of its namespace: it was meant by those behind <paramref name="From"/>, up to <paramref name="Until"/>.</summary>
/// <param name="Room">The room.</param>
/// <param name="From">The last event before it joined.</param>
/// <param name="Until">The last event before it left; <see cref="Open"/> while it has not.</param>
internal readonly record struct RoomStay(string Room, long From, long Until = RoomStay.Open)
{
    public const long Open = long.MaxValue;

    public bool Includes(long offset) => offset > From && offset <= Until;
}
