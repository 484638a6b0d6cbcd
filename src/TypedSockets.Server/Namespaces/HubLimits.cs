namespace TypedSockets.Server.Namespaces;

/// <summary>What the hubs of a server are allowed; a snapshot of the options of the same names.</summary>
internal sealed record HubLimits(int MaxRoomsPerConnection, int MaxRoomNameLength);
