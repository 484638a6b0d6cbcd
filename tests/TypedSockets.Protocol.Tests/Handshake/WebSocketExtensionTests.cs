using TypedSockets.Protocol.Handshake;

namespace TypedSockets.Protocol.Tests.Handshake;

/// <summary>RFC 6455 §9.1: the header <c>Sec-WebSocket-Extensions</c>.</summary>
public sealed class WebSocketExtensionTests
{
    [Theory]
    [InlineData("permessage-deflate", "permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits", "permessage-deflate; client_max_window_bits")]
    [InlineData("a;b=1;c", "a; b=1; c")]
    [InlineData(" a ;\tb = 1 , c ", "a; b=1 | c")]
    [InlineData("a;b=\"10\"", "a; b=10")]
    [InlineData("a;b=\"1\\0\"", "a; b=10")]
    [InlineData("a;b;b", "a; b; b")]
    [InlineData("a,a;b", "a | a; b")]
    [InlineData(",a,,b,", "a | b")]
    [InlineData("!#$%&'*+-.^_`|~", "!#$%&'*+-.^_`|~")]
    public void Header_ThatTheGrammarAllows_IsRead(string header, string expected) => Assert.Equal(expected, Show(WebSocketExtension.Parse([header])));

    [Fact]
    public void Headers_BelongTogether() => Assert.Equal("a | b; c", Show(WebSocketExtension.Parse(["a", "b;c"])));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("a;")]
    [InlineData("a;;b")]
    [InlineData("a;=1")]
    [InlineData("a;b=")]
    [InlineData("a;b=\"\"")]
    [InlineData("a;b=\"1")]
    [InlineData("a;b=\"1\\")]
    [InlineData("a;b=\"1 2\"")]
    [InlineData("a;b=\"1\"2")]
    [InlineData("a;b==1")]
    [InlineData("a=1")]
    [InlineData("a b")]
    [InlineData("a;b c")]
    [InlineData("a/b")]
    [InlineData("a;b=1,c;")]
    [InlineData("ä")]
    [InlineData("a\u0000")]
    public void Header_ThatTheGrammarForbids_IsNone(string header) => Assert.Null(WebSocketExtension.Parse([header]));

    [Fact]
    public void Header_OfRandomCharacters_IsReadOrNone()
    {
        const string Characters = "ab=;,\"\\ \t1é";
        var random = new Random(9_1);
        var read = 0;
        for (var round = 0; round < 50_000; round++)
        {
            read += WebSocketExtension.Parse([new string(random.GetItems<char>(Characters, random.Next(12)))]) is null ? 0 : 1;
        }

        Assert.InRange(read, 500, 49_500);
    }

    private static string Show(List<WebSocketExtension>? extensions)
    {
        Assert.NotNull(extensions);
        return string.Join(" | ", extensions.Select(extension => string.Join("; ", [extension.Name, .. extension.Parameters.Select(parameter => parameter.Value is null ? parameter.Name : $"{parameter.Name}={parameter.Value}")])));
    }
}
