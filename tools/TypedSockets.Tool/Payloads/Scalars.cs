using TypedSockets.Tool.TypeScript;

namespace TypedSockets.Tool.Payloads;

/// <summary>What the simple types of the base library are in JSON.</summary>
internal static class Scalars
{
    private static readonly Dictionary<string, TypeExpression> s_types = new(StringComparer.Ordinal)
    {
        ["System.Boolean"] = TypeExpression.Boolean,
        ["System.Byte"] = TypeExpression.Number,
        ["System.SByte"] = TypeExpression.Number,
        ["System.Int16"] = TypeExpression.Number,
        ["System.UInt16"] = TypeExpression.Number,
        ["System.Int32"] = TypeExpression.Number,
        ["System.UInt32"] = TypeExpression.Number,
        ["System.Int64"] = new WireType(WireAlias.Int64),
        ["System.UInt64"] = new WireType(WireAlias.UInt64),
        ["System.Int128"] = new WireType(WireAlias.Int128),
        ["System.UInt128"] = new WireType(WireAlias.UInt128),
        ["System.Numerics.BigInteger"] = new WireType(WireAlias.BigInteger),
        ["System.Half"] = TypeExpression.Number,
        ["System.Single"] = TypeExpression.Number,
        ["System.Double"] = TypeExpression.Number,
        ["System.Decimal"] = new WireType(WireAlias.Decimal),
        ["System.Numerics.Complex"] = new TupleType([("real", TypeExpression.Number), ("imaginary", TypeExpression.Number)]),
        ["System.Char"] = TypeExpression.String,
        ["System.Text.Rune"] = TypeExpression.String,
        ["System.String"] = TypeExpression.String,
        ["System.Uri"] = TypeExpression.String,
        ["System.Version"] = TypeExpression.String,
        ["System.Guid"] = new WireType(WireAlias.Guid),
        ["System.DateTime"] = new WireType(WireAlias.DateTime),
        ["System.DateTimeOffset"] = new WireType(WireAlias.DateTimeOffset),
        ["System.DateOnly"] = new WireType(WireAlias.DateOnly),
        ["System.TimeOnly"] = new WireType(WireAlias.TimeOnly),
        ["System.TimeSpan"] = new WireType(WireAlias.TimeSpan),
    };

    public static TypeExpression? Find(string name) => s_types.GetValueOrDefault(name);
}
