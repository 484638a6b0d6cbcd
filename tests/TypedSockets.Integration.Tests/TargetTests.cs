using TypedSockets.Client;

namespace TypedSockets.Integration.Tests;

/// <summary>Who is reached by each way of naming clients. Three people are there; Ann speaks.</summary>
public sealed class TargetTests
{
    [Theory]
    [InlineData("all", "ann ben cid")]
    [InlineData("caller", "ann")]
    [InlineData("others", "ben cid")]
    [InlineData("room", "ann ben")]
    [InlineData("others in room", "ben")]
    [InlineData("client ben", "ben")]
    [InlineData("client nobody", "")]
    [InlineData("user b", "ben")]
    [InlineData("user nobody", "")]
    [InlineData("except ben", "ann cid")]
    [InlineData("rooms", "ann ben")]
    [InlineData("room but ben", "ann")]
    [InlineData("clients ben", "ben")]
    [InlineData("users b,c,nobody", "ben cid")]
    public async Task Target_ReachesWhoIsMeantAndNobodyElse(string target, string expected)
    {
        await using var server = await PlayServer.StartAsync();
        var people = new Dictionary<string, PlayPeer>();
        foreach (var name in (string[])["ann", "ben", "cid"])
        {
            var headers = new Dictionary<string, string> { [PlayServer.UserHeader] = name[..1] };
            people.Add(name, await server.ConnectAsync(new TypedSocketOptions { Headers = headers }));
        }

        await people["ann"].Server.Enter("room");
        await people["ben"].Server.Enter("room");
        await people["ann"].Server.SayTo(target.Replace(" ben", $" {await people["ben"].Server.WhoAmI()}", StringComparison.Ordinal), "hello");

        // Everyone is told afterwards, and order is kept: whoever hears of the end first was not meant.
        await people["ann"].Server.SayTo("all", "end");
        var reached = new List<string>();
        foreach (var (name, peer) in people)
        {
            if (await peer.NextSaidAsync() == "hello")
            {
                reached.Add(name);
            }
        }

        Assert.Equal(expected, string.Join(' ', reached));
        foreach (var peer in people.Values)
        {
            await peer.DisposeAsync();
        }
    }

    [Fact]
    public async Task Request_ToManyClients_IsRefusedBeforeAnythingIsSent()
    {
        await using var server = await PlayServer.StartAsync(options => options.EnableDetailedErrors = true);
        await using var peer = await server.ConnectAsync();
        var exception = await Assert.ThrowsAsync<RemoteException>(() => peer.Server.AskEverybody("why").AsTask());
        Assert.Contains("IPlayServer.Answer", exception.Detail, StringComparison.Ordinal);
        Assert.Contains(nameof(EventNotSupportedException), exception.Detail, StringComparison.Ordinal);
    }

    /// <summary>It used to be sent to everyone, and threw out every client whose limit it exceeded.</summary>
    [Fact]
    public async Task Broadcast_LargerThanClientsAccept_FailsInTheHubAndNothingIsSent()
    {
        await using var server = await PlayServer.StartAsync(options => (options.MaxClientPayloadBytes, options.EnableDetailedErrors) = (2_000, true));
        await using var peer = await server.ConnectAsync();
        var exception = await Assert.ThrowsAsync<RemoteException>(() => peer.Server.SayTo("all", new string('x', 3_000)).AsTask());
        Assert.Contains(nameof(PayloadTooLargeException), exception.Detail, StringComparison.Ordinal);
        await peer.Server.SayTo("all", "short");
        Assert.Equal("short", await peer.NextSaidAsync());
    }
}
