using System.Diagnostics.CodeAnalysis;
using TypedSockets.Events;

namespace TypedSockets.Formats.Codecs;

/// <summary>A URI as the string that it was made of; relative ones too.</summary>
[SuppressMessage("Performance", "CA1815", Justification = "Never created.")]
public readonly struct UriCodec : IPayloadCodec<Uri>
{
    /// <inheritdoc/>
    public static void Write<TWriter>(ref TWriter writer, Uri value) where TWriter : struct, IFormatWriter, allows ref struct =>
        writer.WriteString(value.OriginalString);

    /// <inheritdoc/>
    public static Uri Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct =>
        Uri.TryCreate(reader.ReadString(), UriKind.RelativeOrAbsolute, out var value) ? value : throw new PayloadException("A string is not a URI.");
}
