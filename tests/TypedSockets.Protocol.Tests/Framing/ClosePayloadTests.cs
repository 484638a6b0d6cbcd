using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

public sealed class ClosePayloadTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("bye")]
    [InlineData("größer")]
    public void Payload_RoundTrips(string? text)
    {
        var bytes = new byte[FrameHeader.MaxControlPayload];
        var length = ClosePayload.Write(bytes, CloseCode.GoingAway, text);
        Assert.Equal(new ClosePayload(CloseCode.GoingAway, text), ClosePayload.Read(bytes.AsSpan(0, length)));
    }

    [Theory]
    [InlineData('x', 123)]
    [InlineData('ä', 61)]
    [InlineData('€', 41)]
    public void Text_ThatDoesNotFit_IsCutAtACharacter(char character, int fitting)
    {
        var bytes = new byte[FrameHeader.MaxControlPayload];
        var length = ClosePayload.Write(bytes, CloseCode.Normal, new string(character, 200));
        Assert.Equal(new string(character, fitting), ClosePayload.Read(bytes.AsSpan(0, length)).Text);
    }
}
