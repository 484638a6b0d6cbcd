using System.Text;
using TypedSockets.Lifecycle.Tests.Scenarios;

namespace TypedSockets.Lifecycle.Tests.Table;

/// <summary>Writes what was observed as tables of the guide.</summary>
internal static class ReasonTable
{
    private const string Nothing = "–";

    public static async Task<string> WriteAsync(ScenarioRuns runs)
    {
        var text = new StringBuilder();
        foreach (var (title, scenarios) in ScenarioRuns.Groups)
        {
            text.Append("### ").Append(title).Append("\n\n");
            text.Append("| what happened | on | the client sees | comes back | the server sees |\n|---|---|---|---|---|\n");
            foreach (var scenario in scenarios)
            {
                await WriteAsync(text, scenario, runs);
            }

            text.Append('\n');
        }

        text.Append("### The move to a WebSocket failed, and the session went on\n\n");
        text.Append("| what happened | the client sees `UpgradeFailed` with | the server logs it with |\n|---|---|---|\n");
        foreach (var scenario in Upgrades.All)
        {
            var seen = await runs.UpgradeOf(scenario.What);
            text.Append($"| {scenario.What} | {Say(seen.Client, Side.Client)} | {Say(seen.Server, Side.Server)} |\n");
        }

        return text.ToString();
    }

    private static async Task WriteAsync(StringBuilder text, Scenario scenario, ScenarioRuns runs)
    {
        var rows = new List<(Way Way, string Row)>();
        foreach (var way in scenario.Ways)
        {
            var seen = await runs.EndOf(scenario.What, way);
            var comesBack = seen.WillReconnect switch { true => "yes", false => "no", null => Nothing };
            rows.Add((way, $"{Say(seen.Client, Side.Client)} | {comesBack} | {Say(seen.Server, Side.Server)}"));
        }

        // What is the same on every transport is said once.
        foreach (var same in rows.GroupBy(row => row.Row, row => row.Way))
        {
            var on = same.Count() == scenario.Ways.Length && same.Count() > 1 && same.Contains(Way.Polling) ? "all" : string.Join(", ", same.Select(Name));
            text.Append($"| {scenario.What} | {on} | {same.Key} |\n");
        }
    }

    private static string Name(Way way) => way switch
    {
        Way.WebSocket => "WebSocket",
        Way.Polling => "polling",
        Way.Upgraded => "upgraded",
        _ => throw new ArgumentOutOfRangeException(nameof(way), way, "Not a way."),
    };

    private static string Say(DisconnectReason? reason, Side side)
    {
        if (reason is null)
        {
            return Nothing;
        }

        var number = reason switch
        {
            TransportClose { CloseCode: { } code } => $" {code}",
            HandshakeRejected rejected => $" {rejected.Status}",
            _ => "",
        };
        return $"`{reason.GetType().Name}`{number}, {reason.Initiator}, *{reason.ToSocketIO(side)}*";
    }
}
