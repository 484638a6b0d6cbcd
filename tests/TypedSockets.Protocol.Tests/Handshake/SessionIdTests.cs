using TypedSockets.Protocol.Handshake;

namespace TypedSockets.Protocol.Tests.Handshake;

public sealed class SessionIdTests
{
    [Fact]
    public void Create_Is22UrlSafeCharactersAndNew()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => SessionId.Create()).ToHashSet();
        Assert.Equal(10_000, ids.Count);
        Assert.All(ids, id => Assert.Matches("^[A-Za-z0-9_-]{22}$", id));
    }
}
