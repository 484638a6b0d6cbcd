using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Contracts;

namespace TypedSockets.Generators.Payloads;

/// <summary>
/// The attributes of other serializers that say how a type travels, by metadata name. A contract that has them needs their library; one that does not needs nothing.
/// </summary>
internal static class ForeignAttributes
{
    public const string MessagePackObject = "MessagePack.MessagePackObjectAttribute";
    public const string MessagePackKey = "MessagePack.KeyAttribute";
    public const string MessagePackUnion = "MessagePack.UnionAttribute";
    public const string MessagePackIgnoreMember = "MessagePack.IgnoreMemberAttribute";
    public const string MessagePackConstructor = "MessagePack.SerializationConstructorAttribute";
    public const string IgnoreDataMember = "System.Runtime.Serialization.IgnoreDataMemberAttribute";
    public const string JsonPropertyName = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    public const string JsonIgnore = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    public const string JsonConstructor = "System.Text.Json.Serialization.JsonConstructorAttribute";
    public const string JsonConverter = "System.Text.Json.Serialization.JsonConverterAttribute";
    public const string JsonStringEnumMemberName = "System.Text.Json.Serialization.JsonStringEnumMemberNameAttribute";
    public const string JsonDerivedType = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    public const string JsonPolymorphic = "System.Text.Json.Serialization.JsonPolymorphicAttribute";

    private const string JsonStringEnumConverter = "System.Text.Json.Serialization.JsonStringEnumConverter";
    private const int JsonIgnoreAlways = 1;

    public static AttributeData? Find(this ISymbol symbol, string metadataName) => symbol.FindAll(metadataName).FirstOrDefault();

    public static IEnumerable<AttributeData> FindAll(this ISymbol symbol, string metadataName) =>
        symbol.GetAttributes().Where(attribute => attribute.AttributeClass?.HasMetadataName(metadataName) is true);

    public static bool Has(this ISymbol symbol, string metadataName) => symbol.Find(metadataName) is not null;

    /// <summary>The value of a positional argument; null when there is none.</summary>
    public static object? Argument(this AttributeData attribute, int index = 0) =>
        index < attribute.ConstructorArguments.Length && attribute.ConstructorArguments[index] is { Kind: not TypedConstantKind.Array } argument ? argument.Value : null;

    /// <summary>The value of a named argument; null when there is none.</summary>
    public static object? Argument(this AttributeData attribute, string name) => attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value;

    public static Location? Location(this AttributeData attribute) => attribute.ApplicationSyntaxReference is { } reference
        ? Microsoft.CodeAnalysis.Location.Create(reference.SyntaxTree, reference.Span)
        : null;

    /// <summary>Whether MessagePack leaves the member out.</summary>
    public static bool IsIgnoredByMessagePack(ISymbol member) => member.Has(MessagePackIgnoreMember) || member.Has(IgnoreDataMember);

    /// <summary>Whether System.Text.Json leaves the member out, whatever its value.</summary>
    public static bool IsIgnoredByJson(ISymbol member) => member.Find(JsonIgnore) is { } attribute && attribute.Argument("Condition") is null or JsonIgnoreAlways;

    /// <summary>Whether System.Text.Json writes the enum as the names of its members.</summary>
    public static bool IsTextEnum(ITypeSymbol type) =>
        type.Find(JsonConverter)?.Argument() is INamedTypeSymbol converter
        && (converter.HasMetadataName(JsonStringEnumConverter) || converter.HasMetadataName(JsonStringEnumConverter + "`1"));

    /// <summary>Whether either library is told to create objects by this constructor.</summary>
    public static bool IsMarkedConstructor(IMethodSymbol constructor) => constructor.Has(JsonConstructor) || constructor.Has(MessagePackConstructor);
}
