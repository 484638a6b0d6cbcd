using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

/// <summary>How long an answer may take, and what the handler sees of it.</summary>
public sealed class DeadlineTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Timeout_OfTheEvent_EndsTheCall_AndCancelsTheHandler()
    {
        await using var peer = await ClubPeer.ConnectAsync();
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => peer.Club.Hurry(Token).AsTask());
        Assert.Equal("Event 'IClubServer.Hurry' was not answered within 0.2 s (TimeoutSeconds of the event).", exception.Message);
        await peer.Log.WaitForAsync("hurry cancelled");
    }

    [Fact]
    public async Task Timeout_OfTheCall_CountsMoreThanTheOptions_AndLeavesOtherCallsAlone()
    {
        await using var peer = await ClubPeer.ConnectAsync(options: new TypedSocketOptions { RequestTimeout = Timeout.InfiniteTimeSpan });
        var exception = await Assert.ThrowsAsync<TimeoutException>(() => peer.Club.WithTimeout(TimeSpan.FromMilliseconds(200)).Linger(Token).AsTask());
        Assert.EndsWith("within 0.2 s (WithTimeout).", exception.Message, StringComparison.Ordinal);
        await peer.Log.WaitForAsync("linger cancelled");
        Assert.Equal(4, await peer.Club.Enter("open"));
    }

    [Fact]
    public async Task Timeout_OfACallOnThis_TakesTheContractItselfForNoProxy()
    {
        await using var peer = await ClubPeer.ConnectAsync();
        Assert.Equal("clients", Assert.Throws<ArgumentException>(() => peer.WithTimeout(TimeSpan.FromSeconds(1))).ParamName);
        Assert.Equal("server", Assert.Throws<ArgumentException>(() => new NoProxy().WithTimeout(TimeSpan.FromSeconds(1))).ParamName);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    [InlineData(3e9)]
    public async Task Timeout_OutOfRange_IsRefused(double milliseconds)
    {
        await using var peer = await ClubPeer.ConnectAsync();
        Assert.Throws<ArgumentOutOfRangeException>(() => peer.Club.WithTimeout(TimeSpan.FromMilliseconds(milliseconds)));
    }

    private sealed class NoProxy : IOldClubServer
    {
        public ValueTask<int> Enter(string club) => new(1);
    }
}
