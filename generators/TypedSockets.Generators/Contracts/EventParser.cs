using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Contracts;

/// <summary>Reads the events of one direction of a contract.</summary>
internal sealed class EventParser(ViolationList violations, PayloadParser payloads)
{
    private const int MaxWireNameLength = 128;

    // Socket.IO 4 refuses to emit these: they are the names of its own events on either end.
    private static readonly HashSet<string> s_reservedNames = new(StringComparer.Ordinal)
    {
        "connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener",
    };

    // What is generated for an event is a member of a class, so its name may be neither that of the class nor of what every class inherits.
    private static readonly string[] s_takenIdentifiers =
    [
        "ServerEvents", "ClientEvents", "Equals", "Finalize", "GetHashCode", "GetType", "MemberwiseClone", "ReferenceEquals", "ToString",
    ];

    private readonly EventOptionsParser _options = new(violations, payloads);

    /// <summary>Returns the valid events of an interface and of those that it derives from, sorted by wire name.</summary>
    public IReadOnlyList<EventModel> Parse(INamedTypeSymbol type)
    {
        var methods = new SortedDictionary<string, IMethodSymbol>(StringComparer.Ordinal);
        foreach (var member in type.AllInterfaces.Where(static candidate => !IsRuntimeType(candidate)).Prepend(type).SelectMany(static candidate => candidate.GetMembers()))
        {
            if (AsEvent(member) is not { } method)
            {
                continue;
            }

            var wireName = ParseWireName(method);
            if (methods.TryGetValue(wireName, out var other))
            {
                violations.Add(Descriptors.DuplicateWireName, method, Display(other), Display(method), wireName);
                continue;
            }

            methods.Add(wireName, method);
        }

        var identifiers = new HashSet<string>(s_takenIdentifiers, StringComparer.Ordinal);
        return [.. methods.Select(entry => Parse(entry.Key, entry.Value, Identifiers.Claim(identifiers, entry.Value.Name))).OfType<EventModel>()];
    }

    /// <summary>Returns the name of an event on the wire, which may not be valid.</summary>
    public static string WireNameOf(IMethodSymbol method) => WireNameOf(method, FindAttribute(method));

    private static bool IsRuntimeType(INamedTypeSymbol type) => type.HasMetadataName(RuntimeTypes.ServerEvents) || type.HasMetadataName(RuntimeTypes.ClientEvents);

    private static string Display(ISymbol member) => $"{member.ContainingType.Name}.{member.Name}";

    /// <summary>Returns the method when the member is one to implement; members that bring their own body are not events, and no business of ours.</summary>
    private IMethodSymbol? AsEvent(ISymbol member)
    {
        if (!member.IsAbstract || member is INamedTypeSymbol or IMethodSymbol { AssociatedSymbol: not null })
        {
            return null;
        }

        var kind = member switch
        {
            IPropertySymbol { IsIndexer: true } => "an indexer",
            IPropertySymbol => "a property",
            IEventSymbol => "a C# event",
            { IsStatic: true } => "a static abstract member",
            { DeclaredAccessibility: not Accessibility.Public } => "not public",
            _ => null,
        };
        if (kind is not null)
        {
            violations.Add(Descriptors.NotAnEvent, member, Display(member), kind);
            return null;
        }

        return member as IMethodSymbol;
    }

    private static AttributeData? FindAttribute(IMethodSymbol method) =>
        method.GetAttributes().FirstOrDefault(static candidate => candidate.AttributeClass?.HasMetadataName(RuntimeTypes.EventAttribute) is true);

    private static string WireNameOf(IMethodSymbol method, AttributeData? attribute) =>
        attribute is null or { ConstructorArguments.IsEmpty: true } ? method.Name : attribute.ConstructorArguments[0].Value as string ?? "";

    private string ParseWireName(IMethodSymbol method)
    {
        var attribute = FindAttribute(method);
        var name = WireNameOf(method, attribute);
        var problem = name switch
        {
            "" => "is empty",
            { Length: > MaxWireNameLength } => FormattableString.Invariant($"has {name.Length} characters; the limit is {MaxWireNameLength}"),
            _ when s_reservedNames.Contains(name) => "is one of Socket.IO's own events",
            _ when name.Any(char.IsControl) => "contains a control character",
            _ => null,
        };
        if (problem is not null)
        {
            violations.Add(Descriptors.BadWireName, attribute?.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? method.Locations[0], Display(method), name, problem);
        }

        return name;
    }

    private EventModel? Parse(string wireName, IMethodSymbol method, string identifier)
    {
        if (method.IsGenericMethod)
        {
            violations.Add(Descriptors.GenericEvent, method, method.Name);
            return null;
        }

        var parameters = ParseParameters(method, out var cancellationToken);
        if (ParseReturnType(method) is not { } returns)
        {
            return null;
        }

        var result = returns.Result is null ? null : payloads.Parse(returns.Result, method.Name + (returns.Answer == AnswerKind.Stream ? "()[]" : "()"), method.Locations[0]);
        if (parameters is null || (returns.Result is not null && result is null))
        {
            return null;
        }

        return _options.Parse(method, new EventModel(
            wireName,
            Identifiers.Escape(method.Name),
            identifier,
            SymbolNames.Of(method.ContainingType),
            SymbolNames.Of(method.ReturnType),
            returns.Answer,
            result,
            result is null ? null : payloads.CodecOf(result),
            new EquatableArray<ParameterModel>(parameters),
            cancellationToken)
        {
            Delivery = DeliveryParser.Parse(violations, method, returns.Answer, parameters),
        });
    }

    private List<ParameterModel>? ParseParameters(IMethodSymbol method, out string? cancellationToken)
    {
        cancellationToken = null;
        var parameters = new List<ParameterModel>();
        var valid = true;
        foreach (var parameter in method.Parameters)
        {
            var modifier = parameter switch
            {
                { IsParams: true } => "params",
                { RefKind: RefKind.Ref } => "ref",
                { RefKind: RefKind.Out } => "out",
                { RefKind: not RefKind.None } => "in",
                _ => null,
            };
            if (modifier is not null)
            {
                violations.Add(Descriptors.UnsupportedParameter, parameter, method.Name, parameter.Name, modifier);
                valid = false;
            }
            else if (IsCancellationToken(parameter.Type))
            {
                cancellationToken = parameter.Name;
                if (parameter.Ordinal != method.Parameters.Length - 1)
                {
                    violations.Add(Descriptors.CancellationTokenNotLast, parameter, method.Name, parameter.Name);
                    valid = false;
                }
            }
            else if (IsStream(parameter.Type))
            {
                var stream = ParseStream(method, parameter);
                valid &= stream is not null;
                if (stream is not null)
                {
                    parameters.Add(stream);
                }
            }
            else if (payloads.Parse(parameter, null, parameter.Type, $"{method.Name}.{parameter.Name}", parameter.Locations.FirstOrDefault() ?? method.Locations[0]) is { } value)
            {
                parameters.Add(new ParameterModel(parameter.Name, value, DefaultValue.Of(parameter)) { IsKey = DeliveryParser.IsKey(parameter) });
            }
            else
            {
                valid = false;
            }
        }

        return valid ? parameters : null;
    }

    private ParameterModel? ParseStream(IMethodSymbol method, IParameterSymbol parameter)
    {
        var problem = FindStreamProblem(parameter.Type)
            ?? (method.ReturnsVoid ? "an event that takes one is answered, so that both ends know when it is over; return a Task or ValueTask, or a stream" : null);
        if (problem is not null)
        {
            violations.Add(Descriptors.StreamOutOfPlace, parameter, method.Name, parameter.Type.ToDisplayString(), problem);
            return null;
        }

        var item = payloads.Parse(ItemOf(parameter.Type), $"{method.Name}.{parameter.Name}[]", parameter.Locations.FirstOrDefault() ?? method.Locations[0]);
        return item is null ? null : new ParameterModel(parameter.Name, item, null, payloads.CodecOf(item));
    }

    private (AnswerKind Answer, ITypeSymbol? Result)? ParseReturnType(IMethodSymbol method)
    {
        if (method.ReturnsVoid)
        {
            return (AnswerKind.None, null);
        }

        switch (method.ReturnsByRef || method.ReturnsByRefReadonly ? null : (method.ReturnType as INamedTypeSymbol)?.MetadataFullName())
        {
            case "System.Threading.Tasks.Task":
                return (AnswerKind.Task, null);
            case "System.Threading.Tasks.ValueTask":
                return (AnswerKind.ValueTask, null);
            case "System.Threading.Tasks.Task`1":
                return (AnswerKind.Task, ((INamedTypeSymbol)method.ReturnType).TypeArguments[0]);
            case "System.Threading.Tasks.ValueTask`1":
                return (AnswerKind.ValueTask, ((INamedTypeSymbol)method.ReturnType).TypeArguments[0]);
        }

        if (method.ReturnType.TypeKind == TypeKind.Error)
        {
            violations.AddUnresolved();
        }
        else if (IsStream(method.ReturnType))
        {
            if (FindStreamProblem(method.ReturnType) is not { } problem)
            {
                return (AnswerKind.Stream, ItemOf(method.ReturnType));
            }

            violations.Add(Descriptors.StreamOutOfPlace, method, method.Name, method.ReturnType.ToDisplayString(), problem);
        }
        else
        {
            violations.Add(Descriptors.UnsupportedReturnType, method, method.Name, method.ReturnType.ToDisplayString());
        }

        return null;
    }

    private static bool IsCancellationToken(ITypeSymbol type) => type is INamedTypeSymbol named && named.HasMetadataName("System.Threading.CancellationToken");

    private static bool IsStream(ITypeSymbol type) => type is INamedTypeSymbol named && named.HasMetadataName(SupportedTypes.Stream);

    private static ITypeSymbol ItemOf(ITypeSymbol stream) => ((INamedTypeSymbol)stream).TypeArguments[0];

    private static string? FindStreamProblem(ITypeSymbol type) => type.NullableAnnotation == NullableAnnotation.Annotated ? "it cannot be null; an empty one says the same" : null;
}
