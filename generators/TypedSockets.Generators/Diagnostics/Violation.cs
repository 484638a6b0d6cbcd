using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedSockets.Generators.Diagnostics;

/// <summary>A rule that a contract breaks, and where. It holds a location, so it lives only as long as one analysis.</summary>
internal sealed record Violation(DiagnosticDescriptor Descriptor, Location Location, IReadOnlyList<string> Arguments)
{
    public Diagnostic ToDiagnostic() => Diagnostic.Create(Descriptor, Location, Arguments.ToArray<object>());
}
