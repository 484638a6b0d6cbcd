using System.Globalization;
using System.Text;
using System.Text.Json;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>Whole documents, read twice: by this reader and by System.Text.Json's. Both are put into one canonical text, so that values are compared with verdicts.</summary>
internal static class JsonDocuments
{
    private static readonly string[] s_strings =
    [
        "", "a", "name", "ä", "😀", "日本語", "\\n", "\\u0041", "\\ud83d\\ude00", "\\\\\\\"", "\\/", "a text that is longer than sixteen bytes", "sixteen bytes 16", "fifteen bytes 5",
        "\\b\\f\\r\\t", "\\uFFFF", "\\u0000", "x\u007f", "tail of a block\\n", "\u2028",
    ];

    private static readonly string[] s_numbers = ["0", "-0", "1", "-1", "12.5", "1e3", "1E-3", "9007199254740993", "123456789012345678901234567890", "0.1", "-0.0", "5e-324", "2.5E+10"];

    private static readonly string[] s_spaces = ["", "", "", "", " ", "\n", "\t", "\r\n", "    "];

    /// <summary>Makes a document that is well-formed.</summary>
    public static byte[] Create(Random random)
    {
        var text = new StringBuilder();
        Append(text, random, depth: 0);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Reads the whole document with <see cref="JsonReader"/>; null when it is refused.</summary>
    public static string? ReadOurs(ReadOnlySpan<byte> json)
    {
        var reader = new JsonReader(json, PayloadLimits.Default);
        var text = new StringBuilder();
        try
        {
            Read(ref reader, json, text);
            reader.Complete();
            return text.ToString();
        }
        catch (PayloadException)
        {
            return null;
        }
    }

    /// <summary>Whether <see cref="JsonReader.Skip"/> finds the document well-formed.</summary>
    public static bool IsSkipped(ReadOnlySpan<byte> json)
    {
        var reader = new JsonReader(json, PayloadLimits.Default);
        try
        {
            reader.Skip();
            reader.Complete();
            return true;
        }
        catch (PayloadException)
        {
            return false;
        }
    }

    /// <summary>Reads the whole document with <see cref="Utf8JsonReader"/>, every string decoded; null when it is refused.</summary>
    public static string? ReadTheirs(ReadOnlySpan<byte> json)
    {
        var text = new StringBuilder();
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = PayloadLimits.Default.MaxDepth });
            while (reader.Read())
            {
                text.Append(reader.TokenType switch
                {
                    JsonTokenType.StartObject => "{",
                    JsonTokenType.EndObject => "}",
                    JsonTokenType.StartArray => "[",
                    JsonTokenType.EndArray => "]",
                    JsonTokenType.PropertyName => $"{Escape(reader.GetString())}:",
                    JsonTokenType.String => $"{Escape(reader.GetString())},",
                    JsonTokenType.Number => reader.GetDouble().ToString("R", CultureInfo.InvariantCulture) + ",",
                    JsonTokenType.Null => "null,",
                    var literal => literal is JsonTokenType.True ? "true," : "false,",
                });
            }

            return text.ToString();
        }
        // The second says that a string is not valid UTF-8, or half of a surrogate pair.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static void Read(ref JsonReader reader, ReadOnlySpan<byte> json, StringBuilder text)
    {
        if (reader.TryReadNil())
        {
            text.Append("null,");
            return;
        }

        var next = reader.Position < json.Length ? json[reader.Position] : 0;
        switch (next)
        {
            case '{':
                text.Append('{');
                var members = reader.BeginNamedObject();
                while (reader.HasNext(ref members))
                {
                    text.Append(Escape(Encoding.UTF8.GetString(reader.ReadName()))).Append(':');
                    Read(ref reader, json, text);
                }

                reader.EndObject();
                text.Append('}');
                break;
            case '[':
                text.Append('[');
                var elements = reader.BeginArray();
                while (reader.HasNext(ref elements))
                {
                    Read(ref reader, json, text);
                }

                reader.EndArray();
                text.Append(']');
                break;
            case '"':
                text.Append(Escape(reader.ReadString())).Append(',');
                break;
            case 't' or 'f':
                text.Append(reader.ReadBoolean() ? "true," : "false,");
                break;
            default:
                text.Append(reader.ReadDouble().ToString("R", CultureInfo.InvariantCulture)).Append(',');
                break;
        }
    }

    private static string Escape(string? text) => JsonSerializer.Serialize(text);

    private static void Append(StringBuilder text, Random random, int depth)
    {
        text.Append(Pick(random, s_spaces));
        switch (random.Next(depth > 4 ? 4 : 8))
        {
            case 0:
                text.Append(Pick(random, s_numbers));
                break;
            case 1 or 2:
                text.Append('"').Append(Pick(random, s_strings)).Append('"');
                break;
            case 3:
                text.Append(Pick(random, ["true", "false", "null"]));
                break;
            case 4 or 5:
                AppendAll(text, random, depth, isObject: false);
                break;
            default:
                AppendAll(text, random, depth, isObject: true);
                break;
        }

        text.Append(Pick(random, s_spaces));
    }

    private static void AppendAll(StringBuilder text, Random random, int depth, bool isObject)
    {
        text.Append(isObject ? '{' : '[').Append(Pick(random, s_spaces));
        for (var left = random.Next(5); left > 0; left--)
        {
            if (isObject)
            {
                text.Append(Pick(random, s_spaces)).Append('"').Append(Pick(random, s_strings)).Append('"').Append(Pick(random, s_spaces)).Append(':');
            }

            Append(text, random, depth + 1);
            text.Append(left > 1 ? "," : "");
        }

        text.Append(isObject ? '}' : ']');
    }

    private static string Pick(Random random, string[] from) => from[random.Next(from.Length)];
}
