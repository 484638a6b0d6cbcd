using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.Payloads;

/// <summary>Reads the attribute with which a person hands over the codec of a type or of a member.</summary>
internal sealed class FormatterParser(ViolationList violations)
{
    private const string Shape = "Custom";

    public static AttributeData? Find(ISymbol symbol) => symbol.Find(RuntimeTypes.PayloadFormatterAttribute);

    /// <summary>Returns the codec that the attribute names for values of a type; null, with a violation, when it cannot be used.</summary>
    public ExistingCodecModel? Parse(AttributeData attribute, ITypeSymbol type, string typeName, Location location)
    {
        if (attribute.ConstructorArguments.Length == 0)
        {
            return new ExistingCodecModel($"{RuntimeTypes.Global(RuntimeTypes.RegisteredCodec)}<{typeName}>", typeName, Shape);
        }

        if (attribute.Argument() is not INamedTypeSymbol formatter || formatter.TypeKind == TypeKind.Error)
        {
            violations.AddUnresolved();
            return null;
        }

        if (formatter.IsUnboundGenericType && type is INamedTypeSymbol { IsGenericType: true } generic && generic.Arity == formatter.Arity)
        {
            formatter = formatter.OriginalDefinition.Construct([.. generic.TypeArguments]);
        }

        if (FindProblem(formatter, type) is { } problem)
        {
            violations.Add(Descriptors.BadFormatter, attribute.Location() ?? location, formatter.ToDisplayString(), type.ToDisplayString(), problem);
            return null;
        }

        return new ExistingCodecModel(SymbolNames.Of(formatter), typeName, Shape);
    }

    private static string? FindProblem(INamedTypeSymbol formatter, ITypeSymbol type)
    {
        if (formatter.TypeKind != TypeKind.Struct || formatter.IsUnboundGenericType)
        {
            return "it is not a struct that can be named without type arguments";
        }

        for (var level = formatter; level is not null; level = level.ContainingType)
        {
            if (level.IsFileLocal || level.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal))
            {
                return "it cannot be reached from generated code; make it internal or public";
            }
        }

        var codec = formatter.AllInterfaces.FirstOrDefault(candidate =>
            candidate.HasMetadataName(RuntimeTypes.PayloadCodec) && SymbolEqualityComparer.Default.Equals(candidate.TypeArguments[0], type));
        if (codec is null)
        {
            return $"it does not implement IPayloadCodec<{type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat)}>";
        }

        return codec.GetMembers().All(member => formatter.FindImplementationForInterfaceMember(member)?.DeclaredAccessibility == Accessibility.Public)
            ? null
            : "its methods Write and Read are not public";
    }
}
