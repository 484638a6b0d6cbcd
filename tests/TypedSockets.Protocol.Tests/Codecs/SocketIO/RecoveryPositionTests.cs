using System.Text;
using System.Text.Json;
using TypedSockets.Formats;
using TypedSockets.Protocol.Recovery;

namespace TypedSockets.Protocol.Tests.Codecs.SocketIO;

/// <summary>What a client comes back with: the id, and the last argument of the last event that had a text there.</summary>
public sealed class RecoveryPositionTests
{
    [Theory]
    [InlineData("""1,"off"]""", "off")]
    [InlineData("\"off\"]", "off")]
    [InlineData(" 1 , \"off\" \n] ", "off")]
    [InlineData("""{"a":"b"},"o\"f\\"]""", "o\"f\\")]
    [InlineData("\"a\\\"\",\"b\\\\\\\"c\"]", "b\\\"c")]
    [InlineData("\"]\"]", "]")]
    [InlineData("\"\"]", "")]
    [InlineData("\"é😀\\u00e9\"]", "é😀é")]
    public void Event_WhoseLastArgumentIsAText_MovesTheOffset(string arguments, string offset)
    {
        var position = new RecoveryPosition("id");
        position.Take(Encoding.UTF8.GetBytes(arguments));
        Assert.Equal(offset, Write(position, "").GetProperty("offset").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("]")]
    [InlineData("1]")]
    [InlineData("\"a\",null]")]
    [InlineData("""["a"]]""")]
    [InlineData("""{"a":"b"}]""")]
    [InlineData("\"]")]
    [InlineData("a")]
    public void Event_WhoseLastArgumentIsAnythingElse_LeavesTheOffsetAsItIs(string arguments)
    {
        var position = new RecoveryPosition("id");
        position.Take(Encoding.UTF8.GetBytes(arguments));
        Assert.False(Write(position, "").TryGetProperty("offset", out _));
        position.Take("\"before\"]"u8);
        position.Take(Encoding.UTF8.GetBytes(arguments));
        Assert.Equal("before", Write(position, "").GetProperty("offset").GetString());
    }

    [Fact]
    public void Text_ThatIsTooLongForAnOffset_IsAnArgumentOfTheUsers()
    {
        var position = new RecoveryPosition("id");
        position.Take(Encoding.UTF8.GetBytes($"\"{new string('a', 256)}\"]"));
        position.Take(Encoding.UTF8.GetBytes($"\"{new string('b', 257)}\"]"));
        Assert.Equal(new string('a', 256), Write(position, "").GetProperty("offset").GetString());
    }

    [Theory]
    [InlineData("", """{"pid":"i\"d"}""")]
    [InlineData("{}", """{"pid":"i\"d"}""")]
    [InlineData("""{"token":"t"}""", """{"pid":"i\"d","token":"t"}""")]
    public void Write_PutsWhatTheClientSaysBehindIt(string auth, string expected) =>
        Assert.Equal(expected, Write(new RecoveryPosition("i\"d"), auth).GetRawText());

    private static JsonElement Write(RecoveryPosition position, string auth)
    {
        using var buffer = PayloadBuffer.Rent();
        position.Write(buffer, Encoding.UTF8.GetBytes(auth));
        return JsonElement.Parse(buffer.Written);
    }
}
