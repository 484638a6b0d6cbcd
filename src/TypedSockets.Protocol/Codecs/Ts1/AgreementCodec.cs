using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>Carries a <see cref="ContractAgreement"/> across the wire. It is written as the writer sees it and read as the reader does: what the one misses, the other has.</summary>
internal static class AgreementCodec
{
    private const int Values = 5;

    public static void Write(ref MessagePackWriter writer, ContractAgreement agreement)
    {
        writer.BeginArray(Values);
        WriteNames(ref writer, agreement.MissingRemotely);
        WriteNames(ref writer, agreement.MissingLocally);
        WriteNames(ref writer, agreement.ShapeChanged);
        writer.BeginArray(agreement.Incompatible.Count);
        foreach (var item in agreement.Incompatible)
        {
            writer.BeginArray(3);
            writer.WriteString(item.Event);
            writer.WriteBoolean(item.HandledBy is Side.Server);
            writer.WriteString(item.Detail);
        }

        WriteNames(ref writer, agreement.Unused);
    }

    /// <exception cref="PayloadException">The bytes are not an agreement.</exception>
    public static ContractAgreement Read(ReadOnlySpan<byte> payload, PayloadLimits limits)
    {
        var reader = new MessagePackReader(payload, limits);
        var values = reader.BeginArray();
        var missingLocally = ReadNames(ref reader);
        var missingRemotely = ReadNames(ref reader);
        var shapeChanged = ReadNames(ref reader);
        var incompatible = new IncompatibleEvent[reader.BeginArray()];
        for (var index = 0; index < incompatible.Length; index++)
        {
            var parts = reader.BeginArray();
            incompatible[index] = new IncompatibleEvent(reader.ReadString(), reader.ReadBoolean() ? Side.Server : Side.Client, reader.ReadString());
            reader.EndArray(parts - 3);
        }

        reader.EndArray();
        var unused = ReadNames(ref reader);
        reader.EndArray(values - Values);
        reader.Complete();
        return new ContractAgreement(missingRemotely, missingLocally, shapeChanged) { Incompatible = incompatible, Unused = unused };
    }

    private static void WriteNames(ref MessagePackWriter writer, IReadOnlyList<string> names)
    {
        writer.BeginArray(names.Count);
        foreach (var name in names)
        {
            writer.WriteString(name);
        }
    }

    private static string[] ReadNames(ref MessagePackReader reader)
    {
        var names = new string[reader.BeginArray()];
        for (var index = 0; index < names.Length; index++)
        {
            names[index] = reader.ReadString();
        }

        reader.EndArray();
        return names;
    }
}
