using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace TypedSockets.Generators.Diagnostics;

/// <summary>Collects what is wrong with one contract.</summary>
internal sealed class ViolationList
{
    private readonly List<Violation> _violations = [];
    private bool _hasUnresolvedTypes;

    /// <summary>Whether code can be generated.</summary>
    public bool IsEmpty => _violations.Count == 0 && !_hasUnresolvedTypes;

    /// <summary>How many have been found.</summary>
    public int Count => _violations.Count;

    public IReadOnlyList<Violation> Violations => _violations;

    public void Add(DiagnosticDescriptor descriptor, Location location, params string[] arguments) =>
        _violations.Add(new Violation(descriptor, location, arguments));

    public void Add(DiagnosticDescriptor descriptor, ISymbol symbol, params string[] arguments) =>
        Add(descriptor, symbol.Locations.FirstOrDefault() ?? Location.None, arguments);

    /// <summary>The contract names a type that does not exist. The compiler reports that, so nobody else does, but nothing can be generated either.</summary>
    public void AddUnresolved() => _hasUnresolvedTypes = true;
}
