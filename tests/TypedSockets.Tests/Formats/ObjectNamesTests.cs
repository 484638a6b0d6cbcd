using TypedSockets.Formats;

namespace TypedSockets.Tests.Formats;

public sealed class ObjectNamesTests
{
    private readonly ObjectNames _names = new("id", "who", null, "Who", "ß");

    [Theory]
    [InlineData("id", 0)]
    [InlineData("who", 1)]
    [InlineData("Who", 3)]
    [InlineData("ß", 4)]
    [InlineData("", -1)]
    [InlineData("other", -1)]
    public void Name_IsFoundAsItIs(string name, int index)
    {
        for (var start = 0; start <= 5; start++)
        {
            var next = start;
            Assert.Equal(index, _names.Find(Utf8(name), ref next, ignoreCase: false));
            Assert.Equal(index < 0 ? start : index + 1, next);
        }
    }

    [Theory]
    [InlineData("ID", 0)]
    [InlineData("WHO", 1)]
    [InlineData("Who", 3)]
    [InlineData("SS", -1)]
    public void Case_IsIgnoredWhereNoNameFitsAsItIs(string name, int index)
    {
        var next = 0;
        Assert.Equal(index, _names.Find(Utf8(name), ref next, ignoreCase: true));
    }

    [Fact]
    public void Case_CountsInBinaryFormats()
    {
        var next = 0;
        Assert.Equal(-1, _names.Find("ID"u8, ref next, ignoreCase: false));
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
