namespace TypedSockets.Interop.Tests.Transcripts;

/// <summary>The tables of the protocol's documents: what is done differently here, case by case, and why.</summary>
internal static class DifferenceTable
{
    private const string Empty = "–";

    /// <summary>What this server does differently from Engine.IO's own.</summary>
    public static IReadOnlyDictionary<string, Difference> Rows { get; } = Read("differences.md", "# ");

    /// <summary>What the readers of packets make differently of them than Socket.IO's own.</summary>
    public static IReadOnlyDictionary<string, Difference> Packets { get; } = Read("socketio.md", "## Where the readers differ");

    /// <summary>What differs between what two servers were seen to do; null when nothing does.</summary>
    public static Difference? Compare(IReadOnlyList<Observation> node, IReadOnlyList<Observation> ours)
    {
        if (node.SequenceEqual(ours))
        {
            return null;
        }

        var onlyNode = node.Except(ours).ToArray();
        var onlyOurs = ours.Except(node).ToArray();
        // The same things in another order or number are shown whole.
        return onlyNode.Length + onlyOurs.Length == 0 ? new Difference(Join(node), Join(ours)) : new Difference(Join(onlyNode), Join(onlyOurs));
    }

    private static string Join(IReadOnlyCollection<Observation> observations) =>
        observations.Count == 0 ? Empty : string.Join("; ", observations.Select(observation => $"`{observation}`"));

    /// <param name="document">The document.</param>
    /// <param name="heading">Behind which heading the rows stand.</param>
    private static Dictionary<string, Difference> Read(string document, string heading)
    {
        var lines = File.ReadLines(Path.Combine(NodePackages.RepositoryRoot, "docs", "protocol", document)).SkipWhile(line => !line.StartsWith(heading, StringComparison.Ordinal));
        return (from line in lines
                where line.StartsWith("| `", StringComparison.Ordinal)
                let cells = line.Split('|', StringSplitOptions.TrimEntries)
                select (Id: cells[1].Trim('`'), Difference: new Difference(cells[2], cells[3]) { Why = cells[4] })).ToDictionary(row => row.Id, row => row.Difference);
    }
}

/// <summary>What each server alone does.</summary>
internal sealed record Difference(string Node, string Ours)
{
    public string Why { get; init; } = "";

    public bool IsSameAs(Difference? other) => other is not null && (Node, Ours) == (other.Node, other.Ours);

    public override string ToString() => $"{Node} | {Ours}";
}
