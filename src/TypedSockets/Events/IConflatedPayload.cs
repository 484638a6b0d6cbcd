using TypedSockets.Formats;

namespace TypedSockets.Events;

/// <summary>The arguments of an event with <see cref="Delivery.Latest"/>. The generator writes one such struct for each.</summary>
public interface IConflatedPayload : IPayload
{
    /// <summary>Writes the arguments that say which waiting event this one replaces, as one array: those marked <see cref="ConflationKeyAttribute"/>.</summary>
    void WriteKey(ref MessagePackWriter writer);
}
