using System.Globalization;
using System.Reflection;
using TypedSockets.Tool.Metadata;
using TypedSockets.Tool.TypeScript;

namespace TypedSockets.Tool.Payloads;

/// <summary>Reads enums: numbers, or names where System.Text.Json is told so.</summary>
internal static class EnumReader
{
    private const decimal MaxSafeInteger = (1L << 53) - 1;

    public static EnumDeclaration Read(TypeUse type, string baseName)
    {
        var isText = PayloadAttributes.IsTextEnum(type.Type);
        var values = new HashSet<object>();
        var members = type.Type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .OrderBy(static field => field.MetadataToken)
            .Where(field => values.Add(field.GetRawConstantValue()!))
            .Select(field => (Literal(field, isText), field));
        // Flags that are combined have no name, nor a literal of their own; and JavaScript would round the literal of a large number.
        return new EnumDeclaration(type, baseName, [.. members], type.Type.Has(TypeNames.Flags) || (!isText && values.Any(IsInexact)));
    }

    private static bool IsInexact(object value) => value is ulong or long && Math.Abs(Convert.ToDecimal(value, CultureInfo.InvariantCulture)) > MaxSafeInteger;

    private static string Literal(FieldInfo field, bool isText) => isText
        ? TypeScriptText.Quote(field.Find(PayloadAttributes.JsonStringEnumMemberName)?.Argument() as string ?? field.Name)
        : Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!;
}
