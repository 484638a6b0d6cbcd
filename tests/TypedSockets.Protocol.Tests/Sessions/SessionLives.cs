using TypedSockets.Protocol.Sessions;

namespace TypedSockets.Protocol.Tests.Sessions;

/// <summary>Leads many sessions through random inputs and checks what must be true of every life.</summary>
internal static class SessionLives
{
    private const int Lives = 20_000;
    private const int Inputs = 30;
    private const int Seed = 4;

    /// <param name="create">Makes a session.</param>
    /// <param name="apply">Gives it input 0 to 13 at a time.</param>
    public static void Assert<TSession>(Func<TSession> create, Func<TSession, int, TimeSpan, SessionDecision> apply) where TSession : Session
    {
        var random = new Random(Seed);
        for (var life = 0; life < Lives; life++)
        {
            var session = create();
            var now = TimeSpan.Zero;
            List<DisconnectReason> ends = [];
            for (var input = 0; input <= Inputs; input++)
            {
                now += TimeSpan.FromSeconds(random.Next(30));
                var before = session.State;
                var decision = input < Inputs ? apply(session, input == 0 ? 0 : random.Next(14), now) : session.TransportEnded(new TransportClose());
                Xunit.Assert.True(session.State >= before, $"{before} went back to {session.State}.");
                Xunit.Assert.Equal(decision.Has(SessionActions.ReportEnd), decision.Reason is not null);
                if (decision.Reason is { } reason)
                {
                    ends.Add(reason);
                }
            }

            Xunit.Assert.Equal(SessionState.Closed, session.State);
            Xunit.Assert.Null(session.Deadline);
            Xunit.Assert.Same(session.Reason, Xunit.Assert.Single(ends));
        }
    }
}
