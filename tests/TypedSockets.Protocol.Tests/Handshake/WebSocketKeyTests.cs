using TypedSockets.Protocol.Handshake;

namespace TypedSockets.Protocol.Tests.Handshake;

public sealed class WebSocketKeyTests
{
    [Fact]
    public void Accept_IsThatOfTheExampleInRfc6455() => Assert.Equal("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", WebSocketKey.Accept("dGhlIHNhbXBsZSBub25jZQ=="));

    [Fact]
    public void Create_IsValidAndNew()
    {
        var keys = Enumerable.Range(0, 100).Select(_ => WebSocketKey.Create()).ToHashSet();
        Assert.Equal(100, keys.Count);
        Assert.All(keys, key => Assert.True(WebSocketKey.IsValid(key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("dGhlIHNhbXBsZSBub25jZQ")]
    [InlineData("dGhlIHNhbXBsZSBub25j")]
    [InlineData("dGhlIHNhbXBsZSBub25jZSE=")]
    [InlineData("dGhlIHNhbXBsZSBub25j*Q==")]
    public void Key_ThatIsNotBase64Of16Bytes_IsInvalid(string key) => Assert.False(WebSocketKey.IsValid(key));
}
