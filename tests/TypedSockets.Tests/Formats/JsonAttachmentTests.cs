namespace TypedSockets.Tests.Formats;

/// <summary>Socket.IO protocol, "Sending and receiving binary data": bytes travel beside the text, in which their number stands.</summary>
public sealed class JsonAttachmentTests
{
    private static readonly ReadOnlyMemory<byte>[] s_two = [new byte[] { 1, 2, 3 }, new byte[] { 4 }];

    [Fact]
    public void Bytes_AreTakenOut_InTheOrderInWhichTheyAreWritten()
    {
        var attachments = new List<byte[]>();
        var json = JsonPayload.Write((ref writer) =>
        {
            writer.BeginArray(3);
            writer.WriteBinary([1, 2, 3]);
            writer.WriteString("x");
            writer.WriteBinary([4]);
            writer.EndArray();
        }, attachments);
        Assert.Equal("""[{"_placeholder":true,"num":0},"x",{"_placeholder":true,"num":1}]""", json);
        Assert.Equal([[1, 2, 3], [4]], attachments);
    }

    [Theory]
    [InlineData("""{"_placeholder":true,"num":1}""")]
    [InlineData("""{"num":1,"_placeholder":true}""")]
    [InlineData(""" { "num" : 1 , "more" : [ {} ], "_placeholder" : true } """)]
    public void Placeholder_IsItsAttachment(string json)
    {
        Assert.Equal([4], JsonPayload.Read(json, (ref reader) => reader.ReadByteArray(), null, s_two));
        Assert.Equal([4], JsonPayload.Read(json, (ref reader) => reader.ReadBinary().ToArray(), null, s_two));
    }

    [Theory]
    [InlineData("""{"_placeholder":true,"num":2}""")]
    [InlineData("""{"_placeholder":true,"num":-1}""")]
    [InlineData("""{"_placeholder":true,"num":0.5}""")]
    [InlineData("""{"_placeholder":true,"num":99999999999}""")]
    [InlineData("""{"_placeholder":true}""")]
    [InlineData("""{"num":0}""")]
    [InlineData("""{"_placeholder":false,"num":0}""")]
    [InlineData("""{"_placeholder":1,"num":0}""")]
    [InlineData("{}")]
    [InlineData("[1,2,3]")]
    public void Placeholder_OfNoAttachment_IsRefused(string json) => JsonPayload.AssertUnreadable(json, (ref reader) => reader.ReadBinary().Length, null, s_two);

    [Fact]
    public void Placeholder_WithoutAttachments_IsRefused() => JsonPayload.AssertUnreadable("""{"_placeholder":true,"num":0}""", (ref reader) => reader.ReadByteArray());

    [Fact]
    public void Base64_BesideAttachments_IsReadAsWell() => Assert.Equal([1], JsonPayload.Read("\"AQ==\"", (ref reader) => reader.ReadByteArray(), null, s_two));

    [Fact]
    public void Attachment_UsedTwice_IsRefused()
    {
        var attachments = Enumerable.Range(0, 200).Select(index => new ReadOnlyMemory<byte>([(byte)index])).ToArray();
        var all = $"[{string.Join(',', Enumerable.Range(0, 200).Select(index => $$"""{"_placeholder":true,"num":{{199 - index}}}"""))}";
        Assert.Equal(200, JsonPayload.Read(all + "]", (ref reader) => Count(ref reader), null, attachments));
        var exception = JsonPayload.AssertUnreadable(all + """,{"_placeholder":true,"num":130}]""", (ref reader) => Count(ref reader), null, attachments);
        Assert.Contains("130", exception.Message, StringComparison.Ordinal);

        static int Count(ref TypedSockets.Formats.JsonReader reader)
        {
            var count = 0;
            var left = reader.BeginArray();
            while (reader.HasNext(ref left))
            {
                count += reader.ReadBinary().Length;
            }

            reader.EndArray();
            return count;
        }
    }
}
