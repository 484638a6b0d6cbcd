using System.Diagnostics;

namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>A GET that is held costs memory, and no thread.</summary>
public sealed class ParkedGetTests
{
    private const int Sessions = 1_000;

    [Fact]
    public async Task ManyGets_AreHeldWithoutThreadsAndAnsweredByOneBroadcast()
    {
        await using var server = await EngineServer.StartAsync();
        var sessions = new List<RawSession>();
        try
        {
            for (var count = 0; count < Sessions; count++)
            {
                sessions.Add(await RawSession.OpenAsync(server));
            }

            var before = CountThreads();
            await Task.WhenAll(sessions.Select(session => session.HoldGetAsync()));
            // Other tests run meanwhile, on some threads of their own.
            Assert.True(CountThreads() - before < Sessions / 10, $"{before} threads became {CountThreads()}.");

            server.Broadcast("all");
            foreach (var answer in await Task.WhenAll(sessions.Select(session => session.ReadGetAsync())))
            {
                answer.AssertBody("4all");
            }
        }
        finally
        {
            foreach (var session in sessions)
            {
                await session.DisposeAsync();
            }
        }
    }

    private static int CountThreads()
    {
        using var process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
