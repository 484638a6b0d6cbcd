using System.Diagnostics.CodeAnalysis;
using TypedSockets.Events;

namespace TypedSockets.Formats.Codecs;

/// <summary>A version as a string, such as <c>1.2.3</c>.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never created.")]
public readonly struct VersionCodec : IPayloadCodec<Version>
{
    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, Version value) where TWriter : struct, IFormatWriter, allows ref struct =>
        writer.WriteString(value.ToString());

    /// <inheritdoc/>
    public static Version Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct =>
        Version.TryParse(reader.ReadString(), out var value) ? value : throw new PayloadException("A string is not a version.");
}
