namespace TypedSockets.Generators.Incremental;

/// <summary>The names under which the compiler tracks the generator's steps; tests read the outcome of each.</summary>
internal static class StepNames
{
    /// <summary>From an interface with the attribute to its model.</summary>
    public const string Contract = "Contract";

    /// <summary>The names of contracts that differ in case only.</summary>
    public const string CaseVariants = "CaseVariants";
}
