using System.Globalization;
using TypedSockets.Tool.Metadata;
using TypedSockets.Tool.TypeScript;

namespace TypedSockets.Tool.Payloads;

/// <summary>Reads types that stand for one of several: by a numbering attribute, by System.Text.Json's, or by both, where the keys in JSON are those of the latter.</summary>
internal static class UnionReader
{
    private const string DefaultDiscriminator = "$type";

    public static bool IsUnion(Type type) => (type.IsClass || type.IsInterface)
        && (type.Has(TypeNames.UnionAttribute) || type.Has(PayloadAttributes.MessagePackUnion) || type.Has(PayloadAttributes.JsonDerivedType));

    public static string Discriminator(Type type) => type.Find(PayloadAttributes.JsonPolymorphic)?.Argument("TypeDiscriminatorPropertyName") as string ?? DefaultDiscriminator;

    /// <summary>Returns the key of each as a literal, and the type.</summary>
    public static IEnumerable<(string Key, TypeUse Type)> Cases(Type type)
    {
        var json = type.FindAll(PayloadAttributes.JsonDerivedType).Select(static attribute => (Type: attribute.Argument() as Type, Key: attribute.Argument(1))).ToList();
        var numbered = type.FindAll(TypeNames.UnionAttribute).Concat(type.FindAll(PayloadAttributes.MessagePackUnion))
            .Select(static attribute => (Type: attribute.Argument(1) as Type, Key: attribute.Argument()))
            .OrderBy(static item => item.Key as int? ?? 0)
            .ToList();
        var cases = numbered.Count == 0 ? json : numbered.Select(item => json.Find(other => other.Type == item.Type) is { Type: not null, Key: not null } named ? named : item);
        return from item in cases
               where item.Type is not null
               select (Literal(item.Key), TypeUseReader.Plain(item.Type));
    }

    private static string Literal(object? key) => key is string text ? TypeScriptText.Quote(text) : Convert.ToString(key, CultureInfo.InvariantCulture) ?? "";
}
