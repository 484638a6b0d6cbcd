using System;
using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>Writes the expressions and statements by which one value is written and read, where <c>writer</c> and <c>reader</c> are in scope.</summary>
internal static class ValueEmitter
{
    /// <summary>The expression that reads the value; it has the value's type where one is expected.</summary>
    public static string Read(ValueModel value) => value.IsNullable ? $"reader.TryReadNil() ? null : {ReadPresent(value)}" : ReadPresent(value);

    /// <summary>The statement that reads one of several values that follow each other into a local variable.</summary>
    /// <param name="value">The value.</param>
    /// <param name="local">The variable.</param>
    /// <param name="isPresent">The condition under which the peer has sent it.</param>
    /// <param name="defaultValue">What stands for it when the peer did not send it; null for null, for the default of a value type, or for an error.</param>
    /// <param name="path">The value's name in that error.</param>
    public static string ReadLocal(ValueModel value, string local, string isPresent, string? defaultValue, string path)
    {
        // Type inference has nothing to go by where one branch of a conditional is null and the other a value type.
        var type = value is { IsNullable: true, IsValueType: true } ? value.Type : "var";
        if (value.IsNullable && defaultValue is null or "null")
        {
            return $"{type} {local} = {isPresent} && !reader.TryReadNil() ? {ReadPresent(value)} : null;";
        }

        var missing = (defaultValue, value.IsValueType) switch
        {
            ({ } given, _) => given,
            (null, true) => "default",
            _ => Missing(path),
        };
        var read = value.IsNullable ? $"({Read(value)})" : ReadPresent(value);
        return $"{type} {local} = {isPresent} ? {read} : {missing};";
    }

    /// <summary>The expression that says that the peer did not send a value that has no default.</summary>
    public static string Missing(string path) => $"throw {CodecEmitter.PayloadException}.Missing(\"{path}\")";

    /// <summary>Writes the statements that write the value of <paramref name="expression"/>.</summary>
    /// <param name="source">Where to.</param>
    /// <param name="value">The value.</param>
    /// <param name="expression">The value, as C#.</param>
    /// <param name="present">A name for the value once it is known not to be null.</param>
    public static void Write(SourceWriter source, ValueModel value, string expression, string present)
    {
        if (!value.IsNullable)
        {
            source.Write(WritePresent(value, expression));
            return;
        }

        source.Open($"if ({expression} is {{ }} {present})");
        source.Write(WritePresent(value, present));
        source.Close();
        source.Open("else");
        source.Write("writer.WriteNil();");
        source.Close();
    }

    private static string ReadPresent(ValueModel value) => (value.Conversion, value.Codec) switch
    {
        (_, { } codec) => $"{codec}.Read(ref reader)",
        (Conversion.Enum, _) => $"({value.NonNullType})reader.Read{value.Scalar}()",
        (Conversion.Array, _) => "reader.ReadByteArray()",
        (Conversion.Memory or Conversion.Segment, _) => $"({value.NonNullType})reader.ReadByteArray()",
        (Conversion.Interned, _) => "reader.ReadInternedString()",
        _ => $"reader.Read{value.Scalar}()",
    };

    private static string WritePresent(ValueModel value, string expression)
    {
        if (value.Codec is { } codec)
        {
            return $"{codec}.Write(ref writer, {expression});";
        }

        // The writer always takes the smallest encoding, so it needs no methods for the narrow integers.
        var method = value.Scalar switch
        {
            Scalar.Byte or Scalar.SByte or Scalar.Int16 or Scalar.UInt16 => Scalar.Int32,
            Scalar.UInt32 => Scalar.Int64,
            { } own => own,
            null => throw new InvalidOperationException($"Type '{value.Type}' has neither a scalar nor a codec."),
        };
        var argument = value.Conversion switch
        {
            Conversion.Enum => $"({EnumCast(method)}){expression}",
            Conversion.Memory => $"{expression}.Span",
            _ => expression,
        };
        return $"writer.Write{method}({argument});";
    }

    private static string EnumCast(Scalar method) => method switch
    {
        Scalar.Int32 => "int",
        Scalar.Int64 => "long",
        _ => "ulong",
    };
}
