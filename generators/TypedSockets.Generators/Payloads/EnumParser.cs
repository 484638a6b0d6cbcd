using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Reads enums that travel as the names of their members in text formats.</summary>
internal static class EnumParser
{
    public static EnumCodecModel Parse(INamedTypeSymbol type, string name, ValueModel value)
    {
        var values = new HashSet<object>();
        var members = type.GetMembers().OfType<IFieldSymbol>()
            .Where(field => field.HasConstantValue && values.Add(field.ConstantValue!))
            .Select(static field => new EnumMemberModel(field.Name, field.Find(ForeignAttributes.JsonStringEnumMemberName)?.Argument() as string ?? field.Name));
        return new EnumCodecModel(name, value.NonNullType, value, new EquatableArray<EnumMemberModel>(members));
    }
}
