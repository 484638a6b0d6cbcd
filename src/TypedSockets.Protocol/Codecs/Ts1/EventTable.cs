using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>A contract as the server tells it to a client whose build differs.</summary>
internal static class EventTable
{
    private const int Values = 3;

    public static void Write(ref MessagePackWriter writer, ContractShape shape)
    {
        writer.BeginArray(Values);
        WriteDirection(ref writer, shape.ServerEvents);
        WriteDirection(ref writer, shape.ClientEvents);
        writer.WriteString(shape.Description);
    }

    /// <summary>Reads the server's contract; the parts that do not travel are those of the client's.</summary>
    /// <exception cref="PayloadException">The bytes are not a table.</exception>
    public static ContractShape Read(ReadOnlySpan<byte> payload, PayloadLimits limits, ContractShape client)
    {
        var reader = new MessagePackReader(payload, limits);
        var values = reader.BeginArray();
        var serverEvents = ReadDirection(ref reader);
        var clientEvents = ReadDirection(ref reader);
        var description = reader.ReadString();
        reader.EndArray(values - Values);
        reader.Complete();
        return client with { ServerEvents = serverEvents, ClientEvents = clientEvents, Description = description };
    }

    private static void WriteDirection(ref MessagePackWriter writer, IReadOnlyList<EventShape> events)
    {
        writer.BeginArray(events.Count);
        foreach (var shape in events)
        {
            writer.BeginArray(2);
            writer.WriteString(shape.Name);
            writer.WriteUInt64(shape.Fingerprint);
        }
    }

    private static EventShape[] ReadDirection(ref MessagePackReader reader)
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
