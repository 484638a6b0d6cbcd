using TypedSockets.Protocol.Sessions;

namespace TypedSockets.Protocol.Tests.Sessions;

/// <summary>Walks a session's table of states and inputs, and finds it in the documentation.</summary>
/// <param name="states">How a new session gets into each state.</param>
/// <param name="inputs">What can happen to it, by the name that the table has.</param>
internal sealed class SessionTable<TSession>(IReadOnlyDictionary<SessionState, Func<TSession>> states, IReadOnlyDictionary<string, Func<TSession, SessionDecision>> inputs)
    where TSession : Session
{
    /// <summary>Compares every pair with the expected rows, written as <c>| input | Opening | Open | Closing | Closed |</c>.</summary>
    public void AssertIs(string expected) => Assert.Equal(
        expected.ReplaceLineEndings("\n"),
        string.Join('\n', inputs.Select(input => $"| {input.Key} | {string.Join(" | ", Enum.GetValues<SessionState>().Select(state => Cell(states[state](), input.Value)))} |")));

    private static string Cell(TSession session, Func<TSession, SessionDecision> input)
    {
        var before = session.State;
        var decision = input(session);
        var reason = decision.Reason is null ? "" : $" {decision.Reason.Code}";
        var next = session.State == before ? "" : $" → {session.State}";
        var cell = $"{Name(decision.Actions)}{reason}{next}".Trim();
        return cell.Length == 0 ? "–" : cell;
    }

    private static string Name(SessionActions actions) => actions switch
    {
        SessionActions.None => "",
        SessionActions.SendReason | SessionActions.CloseTransport | SessionActions.ReportEnd => "goodbye",
        SessionActions.CloseTransport | SessionActions.ReportEnd => "farewell",
        SessionActions.SendReason | SessionActions.AbortTransport | SessionActions.ReportEnd => "give up",
        SessionActions.ReportEnd => "lost",
        SessionActions.AbortTransport => "cut",
        _ => actions.ToString().Replace(",", "", StringComparison.Ordinal),
    };
}
