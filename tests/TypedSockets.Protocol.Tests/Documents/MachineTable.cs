namespace TypedSockets.Protocol.Tests.Documents;

/// <summary>Walks every pair of state and input of a machine, and finds it in the documentation.</summary>
/// <param name="name">What the first cell of the table calls the machine.</param>
/// <param name="stateOf">What a machine's state is called.</param>
/// <param name="states">How a new machine gets into each state.</param>
/// <param name="inputs">What can happen to it, by the name that the table has, and what it decides then; empty for nothing.</param>
internal sealed class MachineTable<TMachine>(string name, Func<TMachine, string> stateOf, IReadOnlyList<Func<TMachine>> states, IReadOnlyDictionary<string, Func<TMachine, string>> inputs)
{
    /// <summary>Compares every pair with a document's table.</summary>
    public void AssertIsIn(string file) => Assert.Equal(
        ProtocolDocument.Rows(file, $"| {name}: input | {string.Join(" | ", states.Select(create => stateOf(create())))} |"),
        string.Join('\n', inputs.Select(input => $"| {input.Key} | {string.Join(" | ", states.Select(create => Cell(create(), input.Value)))} |")));

    private string Cell(TMachine machine, Func<TMachine, string> input)
    {
        var before = stateOf(machine);
        var decision = input(machine);
        var next = stateOf(machine) == before ? "" : $" → {stateOf(machine)}";
        var cell = $"{decision}{next}".Trim();
        return cell.Length == 0 ? "–" : cell;
    }
}
