using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Contracts;

/// <summary>Reads what becomes of an event while the other end reads too slowly, and by which arguments a newer one replaces it.</summary>
internal static class DeliveryParser
{
    // Those of which a value has one form as bytes. A number with a fraction has several (0 and -0, 1.0 and 1.00), a time with an offset as well.
    private static readonly HashSet<Scalar> s_keys =
    [
        Scalar.Boolean, Scalar.Byte, Scalar.SByte, Scalar.Int16, Scalar.UInt16, Scalar.Int32, Scalar.UInt32, Scalar.Int64, Scalar.UInt64,
        Scalar.Char, Scalar.String, Scalar.Guid, Scalar.DateOnly, Scalar.TimeOnly, Scalar.TimeSpan,
    ];

    /// <summary>Whether a parameter is marked as part of the event's key.</summary>
    public static bool IsKey(IParameterSymbol parameter) =>
        parameter.GetAttributes().Any(static candidate => candidate.AttributeClass?.HasMetadataName(RuntimeTypes.ConflationKeyAttribute) is true);

    /// <summary>Returns how the event is delivered, with a violation if it cannot be so.</summary>
    /// <param name="violations">Takes what is wrong.</param>
    /// <param name="method">The event.</param>
    /// <param name="answer">How its sender learns that it was handled.</param>
    /// <param name="parameters">What travels.</param>
    public static DeliveryKind Parse(ViolationList violations, IMethodSymbol method, AnswerKind answer, IReadOnlyList<ParameterModel> parameters)
    {
        var attribute = method.GetAttributes().FirstOrDefault(static candidate => candidate.AttributeClass?.HasMetadataName(RuntimeTypes.EventAttribute) is true);
        var delivery = attribute?.NamedArguments.FirstOrDefault(static argument => argument.Key == "Delivery").Value.Value is int value ? (DeliveryKind)value : DeliveryKind.Reliable;
        if (delivery is not DeliveryKind.Reliable && answer is not AnswerKind.None)
        {
            violations.Add(Descriptors.AnsweredEventIsReliable, attribute!.ApplicationSyntaxReference?.GetSyntax().GetLocation() ?? method.Locations[0], method.Name, delivery.ToString());
        }

        foreach (var parameter in method.Parameters.Where(IsKey))
        {
            if (delivery is not DeliveryKind.Latest)
            {
                violations.Add(Descriptors.KeyWithoutLatest, parameter, method.Name, parameter.Name);
            }
            else if (parameters.FirstOrDefault(candidate => candidate.Name == parameter.Name)?.Value.Scalar is not { } scalar || !s_keys.Contains(scalar))
            {
                violations.Add(Descriptors.IncomparableKey, parameter, method.Name, parameter.Name, parameter.Type.ToDisplayString());
            }
        }

        return delivery;
    }
}
