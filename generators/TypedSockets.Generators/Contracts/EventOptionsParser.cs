using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Contracts;

/// <summary>Reads what the attributes of an event say beside its name: its faults, its timeout, and what may run beside its handler.</summary>
internal sealed class EventOptionsParser(ViolationList violations, PayloadParser payloads)
{
    // As the timeouts of the options: 2^31 milliseconds.
    private const double MaxSeconds = 2_147_483;
    private const int MaxFaultNameLength = 128;

    private static readonly HashSet<Scalar> s_keys =
    [
        Scalar.Boolean, Scalar.Byte, Scalar.SByte, Scalar.Int16, Scalar.UInt16, Scalar.Int32, Scalar.UInt32, Scalar.Int64, Scalar.UInt64, Scalar.Char, Scalar.String, Scalar.Guid,
    ];

    /// <summary>Returns the event with its options; with violations where they do not fit it.</summary>
    public EventModel Parse(IMethodSymbol method, EventModel item)
    {
        var attribute = method.Find(RuntimeTypes.EventAttribute);
        var concurrency = (EventConcurrency)(attribute?.Argument("Concurrency") as int? ?? 0);
        return item with
        {
            Faults = new EquatableArray<FaultModel>(ParseFaults(method, item).OrderBy(static fault => fault.Name, StringComparer.Ordinal)),
            TimeoutTicks = ParseTimeout(method, item, attribute),
            Concurrency = concurrency,
            KeyIndex = ParseKey(method, item, attribute, concurrency),
        };
    }

    private static bool IsOneWay(EventModel item) => item.Answer == AnswerKind.None;

    private IEnumerable<FaultModel> ParseFaults(IMethodSymbol method, EventModel item)
    {
        var types = new Dictionary<string, ITypeSymbol>(StringComparer.Ordinal);
        foreach (var attribute in method.FindAll(RuntimeTypes.FaultAttribute))
        {
            var location = attribute.Location() ?? method.Locations[0];
            var type = attribute.AttributeClass!.TypeArguments[0];
            var name = attribute.ConstructorArguments.IsEmpty ? type.Name : attribute.Argument() as string ?? "";
            var problem = name switch
            {
                _ when IsOneWay(item) => "has nobody to tell: the event is one-way, so return Task or ValueTask",
                "" => "has no name; give it one with [Fault<T>(\"...\")]",
                { Length: > MaxFaultNameLength } => FormattableString.Invariant($"has a name of {name.Length} characters; the limit is {MaxFaultNameLength}"),
                _ when name.Any(char.IsControl) => "has a name that contains a control character",
                _ when types.TryGetValue(name, out var other) => $"has the name of '{other.ToDisplayString()}'; give one of them another one with [Fault<T>(\"...\")]",
                _ when types.Values.Contains(type, SymbolEqualityComparer.Default) => "is declared twice, so its name would be a matter of chance",
                _ => null,
            };
            if (problem is not null)
            {
                violations.Add(Descriptors.BadFault, location, type.ToDisplayString(), method.Name, problem);
                continue;
            }

            types.Add(name, type);
            if (payloads.Parse(type, $"{method.Name}.[Fault]", location) is { } value)
            {
                yield return new FaultModel(name, value, payloads.CodecOf(value));
            }
        }
    }

    private long? ParseTimeout(IMethodSymbol method, EventModel item, AttributeData? attribute)
    {
        if (attribute?.Argument("TimeoutSeconds") is not double seconds)
        {
            return null;
        }

        var problem = (IsOneWay(item), seconds) switch
        {
            (true, _) => "is one-way, so there is no answer to wait for",
            (_, > 0 and <= MaxSeconds) => null,
            _ => FormattableString.Invariant($"waits {seconds} s for its answer; that must be positive and at most {MaxSeconds} s"),
        };
        if (problem is not null)
        {
            violations.Add(Descriptors.BadTimeout, attribute.Location() ?? method.Locations[0], method.Name, problem);
            return null;
        }

        return Math.Max(1, (long)(seconds * TimeSpan.TicksPerSecond));
    }

    private int ParseKey(IMethodSymbol method, EventModel item, AttributeData? attribute, EventConcurrency concurrency)
    {
        // The token is none of the parameters that travel, and cannot be marked.
        var keys = method.Parameters.Where(static parameter => parameter.Has(RuntimeTypes.ConcurrencyKeyAttribute)).ToList();
        var value = keys.Count == 1 && keys[0].Ordinal < item.Parameters.Count && item.Parameters[keys[0].Ordinal] is { StreamCodec: null } keyed ? keyed.Value : null;
        var problem = concurrency switch
        {
            not EventConcurrency.Serial when IsOneWay(item) => "is one-way, so its handler has finished when it returns, and nothing can run beside it; return Task or ValueTask",
            EventConcurrency.Keyed when keys.Count != 1 => FormattableString.Invariant($"is Keyed and has {keys.Count} parameters marked [ConcurrencyKey]; it needs one"),
            EventConcurrency.Keyed when value is not { IsNullable: false, Scalar: { } scalar } || !s_keys.Contains(scalar) || value.Conversion is Conversion.Array =>
                $"has the key '{keys[0].Name}' of type '{keys[0].Type.ToDisplayString()}'; a key is a string, a char, a bool, an integer of up to 64 bits, an enum or a Guid, and never null",
            not EventConcurrency.Keyed when keys.Count > 0 => $"has the key '{keys[0].Name}' and is not Keyed; add [Event(Concurrency = Concurrency.Keyed)] or take the key away",
            _ => null,
        };
        if (problem is not null)
        {
            var location = keys.Count > 0 ? keys[0].Locations[0] : attribute?.Location() ?? method.Locations[0];
            violations.Add(Descriptors.BadConcurrency, location, method.Name, problem);
            return -1;
        }

        return concurrency is EventConcurrency.Keyed ? keys[0].Ordinal : -1;
    }
}
