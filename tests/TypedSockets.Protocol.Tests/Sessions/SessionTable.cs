using TypedSockets.Protocol.Sessions;
using TypedSockets.Protocol.Tests.Documents;

namespace TypedSockets.Protocol.Tests.Sessions;

/// <summary>Walks a session's table of states and inputs.</summary>
/// <param name="end">Which end's table it is.</param>
/// <param name="states">How a new session gets into each state.</param>
/// <param name="inputs">What can happen to it, by the name that the table has.</param>
internal sealed class SessionTable<TSession>(string end, IReadOnlyList<Func<TSession>> states, IReadOnlyDictionary<string, Func<TSession, SessionDecision>> inputs)
    where TSession : Session
{
    public void AssertIsDocumented() => new MachineTable<TSession>(
        end,
        session => session.State.ToString(),
        states,
        inputs.ToDictionary(input => input.Key, input => (Func<TSession, string>)(session => Describe(input.Value(session))))).AssertIsIn("session.md");

    private static string Describe(SessionDecision decision) => decision.Reason is null ? Name(decision.Actions) : $"{Name(decision.Actions)} {decision.Reason.Code}";

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
