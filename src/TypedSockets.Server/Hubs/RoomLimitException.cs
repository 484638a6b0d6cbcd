namespace TypedSockets.Server;

/// <summary>A client was not put into a room, because of a limit. Nothing has changed.</summary>
public sealed class RoomLimitException : InvalidOperationException
{
    private RoomLimitException(string message, string option, int value, int limit) : base(message)
    {
        Option = option;
        Value = value;
        Limit = limit;
    }

    /// <summary>The option that sets the limit: <see cref="TypedSocketServerOptions.MaxRoomsPerConnection"/> or <see cref="TypedSocketServerOptions.MaxRoomNameLength"/>.</summary>
    public string Option { get; }

    /// <summary>What it would have been: rooms, or characters.</summary>
    public int Value { get; }

    /// <summary>The limit.</summary>
    public int Limit { get; }

    // The name itself stays out of it: it is long, and may be anybody's.
    internal static RoomLimitException TooLong(int length, int limit) => new(
        $"The name of a room has {length:N0} characters, which exceeds the limit of {limit:N0} (MaxRoomNameLength).", nameof(TypedSocketServerOptions.MaxRoomNameLength), length, limit);

    internal static RoomLimitException TooMany(string connectionId, int limit) => new(
        $"Connection '{connectionId}' is in {limit:N0} rooms, which is the limit (MaxRoomsPerConnection).", nameof(TypedSocketServerOptions.MaxRoomsPerConnection), limit + 1, limit);
}
