using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedSockets.Generators.Diagnostics;

/// <summary>A rule that a contract breaks, and where. It holds a location, so it lives only as long as one analysis.</summary>
internal sealed record Violation(DiagnosticDescriptor Descriptor, Location Location, IReadOnlyList<string> Arguments)
{
    /// <param name="compilation">What is being compiled.</param>
    /// <param name="contract">Where to report what is declared in another assembly. An editor knows the source of that, but the compiler takes no diagnostics for it.</param>
    /// <param name="properties">What a code fix needs to know; null for nothing.</param>
    public Diagnostic ToDiagnostic(Compilation compilation, Location contract, ImmutableDictionary<string, string?>? properties = null) => Diagnostic.Create(
        Descriptor,
        Location.SourceTree is { } tree && compilation.ContainsSyntaxTree(tree) ? Location : contract,
        properties,
        Arguments.ToArray<object>());
}
