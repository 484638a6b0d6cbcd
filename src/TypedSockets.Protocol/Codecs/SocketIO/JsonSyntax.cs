using System.Text.Json;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>
/// Whether bytes are JSON at all. Only a payload that could not be read is asked about: one that is no JSON breaks the protocol, one whose values are others than expected does not.
/// Unlike <see cref="Formats.JsonReader"/>, this knows no limit of depth, and takes an escaped half of a surrogate pair, which RFC 8259 §8.2 leaves open and JavaScript writes.
/// </summary>
internal static class JsonSyntax
{
    private const int MaxPlaceholderDepth = 512;

    [Flags]
    private enum Members : byte
    {
        None = 0,
        Placeholder = 1,
        Number = 2,
    }

    /// <summary>Whether the text is one JSON value.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Whether the text is one JSON value, at most 512 deep, in which each placeholder stands for one of the attachments.</summary>
    public static bool IsValid(ReadOnlySpan<byte> text, int attachments)
    {
        // What each object around the current value has of a placeholder, {"_placeholder":true,"num":N}.
        Span<Members> objects = stackalloc Members[MaxPlaceholderDepth];
        var member = Members.None;
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = MaxPlaceholderDepth });
            while (reader.Read())
            {
                if (member is not Members.None)
                {
                    ref var members = ref objects[reader.CurrentDepth - 1];
                    members = IsMember(member, ref reader, attachments) ? members | member : members & ~member;
                    member = Members.None;
                }

                switch (reader.TokenType)
                {
                    case JsonTokenType.StartObject:
                        objects[reader.CurrentDepth] = Members.None;
                        break;
                    case JsonTokenType.PropertyName:
                        member = reader.ValueTextEquals("_placeholder"u8) ? Members.Placeholder : reader.ValueTextEquals("num"u8) ? Members.Number : Members.None;
                        break;
                    case JsonTokenType.EndObject when objects[reader.CurrentDepth] is Members.Placeholder:
                        return false;
                }
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsMember(Members member, ref Utf8JsonReader reader, int attachments) => member is Members.Placeholder
        ? reader.TokenType is JsonTokenType.True
        : reader.TokenType is JsonTokenType.Number && reader.TryGetInt32(out var number) && (uint)number < (uint)attachments;
}
