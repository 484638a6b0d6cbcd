using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Protocol.Shapes;

namespace TypedSockets.Generators.Locks;

/// <summary>Compares the contracts of a compilation with those that its <c>contracts.lock</c> has. One for each compilation; immutable.</summary>
internal sealed class LockAnalysis
{
    /// <summary>The property of a diagnostic that has the description to accept.</summary>
    public const string DescriptionProperty = "Description";

    /// <summary>The property of a diagnostic that has the description to replace; null for a contract that is new.</summary>
    public const string FormerProperty = "Former";

    // An editor shows one line.
    private const int MaxNamedChanges = 3;

    private readonly AdditionalText _file;
    private readonly List<Entry> _entries = [];
    private readonly string? _problem;

    private LockAnalysis(AdditionalText file, CancellationToken cancellationToken)
    {
        _file = file;
        try
        {
            foreach (var (description, line) in LockFile.Read(file.GetText(cancellationToken)?.ToString() ?? ""))
            {
                _entries.Add(Read(description, line));
            }
        }
        catch (FormatException exception)
        {
            _problem = exception.Message;
        }
    }

    /// <summary>Returns null when the project keeps no such file.</summary>
    public static LockAnalysis? Find(AnalyzerOptions options, CancellationToken cancellationToken) =>
        options.AdditionalFiles.FirstOrDefault(static file => Path.GetFileName(file.Path) == LockFile.Name) is { } file ? new LockAnalysis(file, cancellationToken) : null;

    /// <summary>Reports what a contract's change breaks or, where it breaks nothing, that the file does not have it yet.</summary>
    /// <param name="context">What is being analyzed.</param>
    /// <param name="model">What it is; null when it is not valid.</param>
    /// <param name="symbols">Where its parts are declared; null when it is not valid.</param>
    public void Compare(SymbolAnalysisContext context, ContractModel? model, ContractSymbols? symbols)
    {
        if (_problem is not null || model is null || symbols is null)
        {
            return;
        }

        // The namespace is what peers know it by, so the interface may have another name.
        var entry = _entries.Find(candidate => candidate.Contract.Name == model.FullName)
            ?? _entries.Find(candidate => candidate.Contract.Namespace == model.Namespace && !IsDeclared(context.Compilation, candidate.Contract.Name));
        if (entry?.Description == model.Description)
        {
            return;
        }

        var properties = ImmutableDictionary<string, string?>.Empty.Add(DescriptionProperty, model.Description).Add(FormerProperty, entry?.Description);
        foreach (var violation in Judge(entry, model, symbols))
        {
            context.ReportDiagnostic(violation.ToDiagnostic(context.Compilation, symbols.Contract.Locations[0], properties));
        }
    }

    /// <summary>Reports that the file cannot be read, and the contracts in it that the compilation does not have.</summary>
    public void ReportFile(AdditionalFileAnalysisContext context)
    {
        if (context.AdditionalFile.Path != _file.Path)
        {
            return;
        }

        if (_problem is not null)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BadLock, LocationOf(0, context.CancellationToken), _problem));
        }

        foreach (var entry in _entries.Where(entry => !IsDeclared(context.Compilation, entry.Contract.Name) && !HasSuccessor(context.Compilation, entry)))
        {
            var what = $"it is gone, and with it namespace '{entry.Contract.Namespace}'";
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.LockedContract, LocationOf(entry.Line, context.CancellationToken), entry.Contract.Name, what, "Keep it"));
        }
    }

    private static bool IsDeclared(Compilation compilation, string contract) =>
        compilation.GetSymbolsWithName(contract.Substring(contract.LastIndexOf('.') + 1), SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .Any(type => ContractParser.FindAttribute(type) is not null && ContractParser.FullNameOf(type) == contract);

    // Seldom asked: the interface has been renamed, or is gone.
    private bool HasSuccessor(Compilation compilation, Entry entry) =>
        compilation.GetSymbolsWithName(static _ => true, SymbolFilter.Type)
            .OfType<INamedTypeSymbol>()
            .Any(type => type.TypeKind is TypeKind.Interface
                && ContractParser.FindAttribute(type) is { } attribute
                && ContractParser.NamespaceOf(attribute) == entry.Contract.Namespace
                && !_entries.Exists(other => other.Contract.Name == ContractParser.FullNameOf(type)));

    private static Entry Read(string description, int line)
    {
        try
        {
            return new Entry(description, DescriptionReader.Read(description), line);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"the contract at line {line + 1}, {exception.Message}", exception);
        }
    }

    private static List<Violation> Judge(Entry? entry, ContractModel model, ContractSymbols symbols)
    {
        var place = symbols.Contract.Locations[0];
        if (entry is null)
        {
            return [new Violation(Descriptors.LockBehind, place, [model.Name, "it is new"])];
        }

        var violations = new List<Violation>();
        if (entry.Contract.Namespace != model.Namespace)
        {
            violations.Add(new Violation(
                Descriptors.LockedContract,
                place,
                [model.Name, $"its namespace is '{model.Namespace}' instead of '{entry.Contract.Namespace}', where deployed peers meet it", $"Keep [EventContract(\"{entry.Contract.Namespace}\")]"]));
        }

        var changes = ContractComparison.Compare(entry.Contract, DescriptionReader.Read(model.Description));
        violations.AddRange(changes.Select(change => Judge(change, model, symbols)).OfType<Violation>());
        if (violations.Count > 0)
        {
            return violations;
        }

        var compatible = changes.Take(MaxNamedChanges).Select(change => $"'{change.Event?.Name ?? change.Type ?? model.Name}' {change.What}").ToList();
        var rest = changes.Count - compatible.Count;
        var what = compatible.Count == 0 ? "names in C# have changed" : string.Join(", ", compatible) + (rest > 0 ? FormattableString.Invariant($" and {rest} more") : "");
        return [new Violation(Descriptors.LockBehind, place, [model.Name, what])];
    }

    private static Violation? Judge(ContractChange change, ContractModel model, ContractSymbols symbols)
    {
        var descriptor = (change.Kind, change) switch
        {
            (ContractChangeKind.Compatible, _) => null,
            (ContractChangeKind.Renamed or ContractChangeKind.Widened, _) => Descriptors.NarrowChange,
            (_, { Event: not null }) => Descriptors.LockedEvent,
            (_, { Type: not null }) => Descriptors.LockedPayload,
            _ => Descriptors.LockedContract,
        };
        return descriptor is null
            ? null
            : new Violation(descriptor, symbols.Find(change.Event, change.Type, change.Member).Locations[0], [change.Event?.Name ?? change.Type ?? model.Name, change.What, change.Remedy]);
    }

    private Location LocationOf(int line, CancellationToken cancellationToken)
    {
        var text = _file.GetText(cancellationToken);
        var span = text is null || line >= text.Lines.Count ? default : text.Lines[line].Span;
        return Location.Create(_file.Path, span, text?.Lines.GetLinePositionSpan(span) ?? default);
    }

    private sealed record Entry(string Description, ContractDescription Contract, int Line);
}
