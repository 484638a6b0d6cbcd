namespace TypedSockets;

/// <summary>
/// The other end reads too slowly: an event that may be replaced or dropped (<see cref="Delivery"/>) could not go out at once. Told at most once in 30 seconds for each connection. If
/// more events wait than may that can be neither, <see cref="SlowConsumer"/> follows.
/// </summary>
/// <param name="QueuedBytes">How many bytes wait to be sent.</param>
/// <param name="QueuedPackets">How many packets wait to be sent.</param>
/// <param name="ConflatedEvents">How many events of this connection have been replaced by newer ones so far.</param>
/// <param name="DroppedEvents">How many events of this connection have been dropped so far.</param>
public sealed record ConsumerBehind(long QueuedBytes, int QueuedPackets, long ConflatedEvents, long DroppedEvents) : ConnectionEvent;
