using System.Text;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

/// <summary>What is well-formed, and how lists, objects, maps and attachments are walked through.</summary>
public sealed class JsonReaderTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("nul")]
    [InlineData("nulll")]
    [InlineData("True")]
    [InlineData("tru")]
    [InlineData("[")]
    [InlineData("]")]
    [InlineData("[1")]
    [InlineData("[1,")]
    [InlineData("[1,]")]
    [InlineData("[,1]")]
    [InlineData("[,]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("[1]]")]
    [InlineData("[1],")]
    [InlineData("[1]x")]
    [InlineData("{]")]
    [InlineData("{1:2}")]
    [InlineData("{\"a\"}")]
    [InlineData("{\"a\":}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{,\"a\":1}")]
    [InlineData("{\"a\":1 \"b\":2}")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("{\"a\"::1}")]
    [InlineData("\"")]
    [InlineData("\"\\\"")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\"")]
    [InlineData("\"\\ud800\\u0041\"")]
    [InlineData("\"\\ud800\\ud800\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"a\tb\"")]
    [InlineData("\"a\0b\"")]
    [InlineData("// comment\n1")]
    [InlineData("1 /* comment */")]
    [InlineData("\ufeff1")]
    [InlineData("\u00a01")]
    [InlineData("\f1")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData(".5")]
    [InlineData("+1")]
    [InlineData("1e")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1 2")]
    [InlineData("undefined")]
    public void Document_ThatIsNotJson_IsRefused(string json)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        Assert.Null(JsonDocuments.ReadTheirs(bytes));
        Assert.Null(JsonDocuments.ReadOurs(bytes));
        Assert.False(JsonDocuments.IsSkipped(bytes));
    }

    [Theory]
    [InlineData("22c328 22")]
    [InlineData("22ff22")]
    [InlineData("22c022")]
    [InlineData("22c08022")]
    [InlineData("22eda08022")]
    [InlineData("22f4908080 22")]
    [InlineData("22e282 22")]
    [InlineData("22c35c6e22")]
    [InlineData("225c75303063338022")]
    public void String_ThatIsNotUtf8_IsRefused_ReadOrSkipped(string hex)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var exception = JsonPayload.AssertUnreadable(bytes, (ref reader) => reader.ReadString());
        Assert.Contains("UTF-8", exception.Message, StringComparison.Ordinal);
        JsonPayload.AssertUnreadable(bytes, (ref reader) => reader.ReadInternedString());
        JsonPayload.AssertUnreadable([.. "{"u8, .. bytes, .. ":1}"u8], (ref reader) =>
        {
            var left = reader.BeginNamedObject();
            reader.HasNext(ref left);
            return reader.ReadName().Length;
        });
        Assert.False(JsonDocuments.IsSkipped(bytes));
    }

    [Fact]
    public void Documents_AreReadAsSystemTextJsonReadsThem()
    {
        var random = new Random(8259);
        for (var round = 0; round < 20_000; round++)
        {
            var json = JsonDocuments.Create(random);
            var theirs = JsonDocuments.ReadTheirs(json);
            Assert.NotNull(theirs);
            Assert.Equal(theirs, JsonDocuments.ReadOurs(json));
            Assert.True(JsonDocuments.IsSkipped(json));
        }
    }

    [Fact]
    public void MutatedDocuments_HaveTheVerdictOfSystemTextJson()
    {
        const int Rounds = 100_000;
        var alphabet = "{}[]\",:\\u0019deE+-.tfn \n\t\0\u001f/a"u8.ToArray().Concat(new byte[] { 0x80, 0xc3, 0xe2, 0xed, 0xf0, 0xff }).ToArray();
        var random = new Random(4627);
        var refused = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var json = JsonDocuments.Create(random).ToList();
            for (var change = random.Next(1, 3); change > 0; change--)
            {
                var at = random.Next(json.Count);
                switch (random.Next(3))
                {
                    case 0:
                        json[at] = alphabet[random.Next(alphabet.Length)];
                        break;
                    case 1:
                        json.Insert(at, alphabet[random.Next(alphabet.Length)]);
                        break;
                    default:
                        json.RemoveRange(at, Math.Min(random.Next(1, 4), json.Count - at));
                        break;
                }

                if (json.Count == 0)
                {
                    break;
                }
            }

            var bytes = json.ToArray();
            var theirs = JsonDocuments.ReadTheirs(bytes);
            var ours = JsonDocuments.ReadOurs(bytes);
            Assert.True(theirs == ours, $"Round {round}: {Convert.ToHexString(bytes)}: {theirs ?? "refused"} is {ours ?? "refused"}.");
            Assert.Equal(theirs is not null, JsonDocuments.IsSkipped(bytes));
            refused += theirs is null ? 1 : 0;
        }

        Assert.InRange(refused, Rounds / 4, Rounds - (Rounds / 10));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[1,2]")]
    [InlineData(" [ 1 , [ 2 , {\"a\":[3]} ] , \"x\" ] ")]
    public void EndArray_SkipsWhatIsLeft_WhereverItIsCalled(string json)
    {
        for (var read = 0; read < 4; read++)
        {
            foreach (var asked in (bool[])[false, true])
            {
                JsonPayload.Read(json, (ref reader) =>
                {
                    var left = reader.BeginArray();
                    for (var count = 0; count < read && reader.HasNext(ref left); count++)
                    {
                        reader.Skip();
                    }

                    if (asked)
                    {
                        reader.HasNext(ref left);
                    }

                    reader.EndArray();
                    return true;
                });
            }
        }
    }

    [Theory]
    [InlineData("[1 2]")]
    [InlineData("[1,2,]")]
    [InlineData("[1,2}")]
    [InlineData("[1;2]")]
    [InlineData("[1,2")]
    public void EndArray_OfWhatIsNotJson_IsRefused(string json)
    {
        for (var read = 0; read < 3; read++)
        {
            JsonPayload.AssertUnreadable(json, (ref reader) =>
            {
                var left = reader.BeginArray();
                for (var count = 0; count < read && reader.HasNext(ref left); count++)
                {
                    reader.Skip();
                }

                reader.EndArray();
                return true;
            });
        }
    }

    [Fact]
    public void EndObjectAndEndMap_SkipWhatIsLeft()
    {
        Assert.Equal(1, JsonPayload.Read("""{ "a" : 1 , "b":{"c":[]}, "d":"}" }""", (ref reader) =>
        {
            var left = reader.BeginNamedObject();
            reader.HasNext(ref left);
            Assert.Equal("a", Encoding.UTF8.GetString(reader.ReadName()));
            var value = reader.ReadInt32();
            reader.EndObject();
            return value;
        }));
        Assert.True(JsonPayload.Read("""{"a":1,"b":2}""", (ref reader) =>
        {
            reader.BeginMap();
            reader.EndMap();
            return true;
        }));
    }

    [Fact]
    public void Name_WithEscapes_IsResolved() => Assert.Equal("aä\n\"", JsonPayload.Read("""{"\u0061\u00e4\n\"":1}""", (ref reader) =>
    {
        var left = reader.BeginNamedObject();
        Assert.True(reader.HasNext(ref left));
        var name = Encoding.UTF8.GetString(reader.ReadName());
        reader.Skip();
        Assert.False(reader.HasNext(ref left));
        reader.EndObject();
        return name;
    }));

    [Fact]
    public void BooleanInQuotationMarks_IsReadAsAKeyOnly()
    {
        JsonPayload.AssertUnreadable("\"true\"", (ref reader) => reader.ReadBoolean());
        JsonPayload.AssertUnreadable("{\"yes\":1}", (ref reader) =>
        {
            var left = reader.BeginMap();
            reader.HasNext(ref left);
            reader.BeginKey();
            return reader.ReadBoolean();
        });
        JsonPayload.AssertUnreadable("{true:1}", (ref reader) =>
        {
            var left = reader.BeginMap();
            reader.HasNext(ref left);
            reader.BeginKey();
            return reader.ReadBoolean();
        });
    }

    [Fact]
    public void RawJson_IsOneValueAsItStands()
    {
        Assert.Equal("""{"a": [1, "]"]}""", JsonPayload.Read(""" [ {"a": [1, "]"]} , 2 ] """, (ref reader) =>
        {
            var left = reader.BeginArray();
            reader.HasNext(ref left);
            var raw = Encoding.UTF8.GetString(reader.ReadSerialized());
            reader.HasNext(ref left);
            Assert.Equal(2, reader.ReadInt32());
            Assert.False(reader.HasNext(ref left));
            reader.EndArray();
            return raw;
        }));
        JsonPayload.AssertUnreadable("{\"a\":}", (ref reader) => reader.ReadSerialized().Length);
    }

    [Fact]
    public void InternedString_EqualsTheString()
    {
        foreach (var json in (string[])["\"\"", "\"lobby\"", "\"l\\u006fbby\"", "\"höhle\"", $"\"{new string('x', 100)}\""])
        {
            Assert.Equal(JsonPayload.Read(json, (ref reader) => reader.ReadString()), JsonPayload.Read(json, (ref reader) => reader.ReadInternedString()));
        }

        Assert.Same(
            JsonPayload.Read("\"a room of this test\"", (ref reader) => reader.ReadInternedString()),
            JsonPayload.Read("\"a room of th\\u0069s test\"", (ref reader) => reader.ReadInternedString()));
        JsonPayload.AssertUnreadable("null", (ref reader) => reader.ReadInternedString());
    }

    [Fact]
    public void ObjectWithoutNames_IsNotInThisFormat() =>
        Assert.Throws<NotSupportedException>(() => JsonPayload.Read("{}", (ref reader) => reader.BeginObject()));

    [Fact]
    public void Refusal_SaysWhatWasFoundWhere()
    {
        Assert.Equal("Byte 3 is 0x5d, where another element should begin.", JsonPayload.AssertUnreadable("[1,]", (ref reader) => ReadAll(ref reader)).Message);
        Assert.Equal("The payload ends at byte 2, where a comma or the end of the list or object should begin.", JsonPayload.AssertUnreadable("[1", (ref reader) => ReadAll(ref reader)).Message);
        Assert.Equal("Byte 0 is 0x22, where a list should begin.", JsonPayload.AssertUnreadable("\"\"", (ref reader) => ReadAll(ref reader)).Message);

        static int ReadAll(ref JsonReader reader)
        {
            var left = reader.BeginArray();
            while (reader.HasNext(ref left))
            {
                reader.ReadInt32();
            }

            reader.EndArray();
            return 0;
        }
    }
}
