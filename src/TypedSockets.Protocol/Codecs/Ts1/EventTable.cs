using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>One direction of a contract as the server tells it to a client whose build differs.</summary>
internal static class EventTable
{
    public static void Write(ref MessagePackWriter writer, IReadOnlyList<EventShape> events)
    {
        writer.BeginArray(events.Count);
        foreach (var shape in events)
        {
            writer.BeginArray(2);
            writer.WriteString(shape.Name);
            writer.WriteUInt64(shape.Fingerprint);
        }
    }

    /// <exception cref="PayloadException">The bytes are not a table.</exception>
    public static EventShape[] Read(ref MessagePackReader reader)
    {
        var events = new EventShape[reader.BeginArray()];
        for (var index = 0; index < events.Length; index++)
        {
            var values = reader.BeginArray();
            events[index] = new EventShape(reader.ReadString(), reader.ReadUInt64());
            reader.EndArray(values - 2);
        }

        reader.EndArray();
        return events;
    }
}
