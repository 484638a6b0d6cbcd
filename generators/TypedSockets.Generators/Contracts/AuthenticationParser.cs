using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypedSockets.Generators.Diagnostics;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Contracts;

/// <summary>Reads what the attribute of a contract says about connecting.</summary>
internal sealed class AuthenticationParser(ViolationList violations, PayloadParser payloads)
{
    private const string Auth = "Auth";
    private const string Refusal = "Refusal";

    /// <summary>Returns null when everybody may connect, and, with a violation, when one of the types cannot be said.</summary>
    public AuthenticationModel? Parse(INamedTypeSymbol contract, AttributeData attribute)
    {
        var auth = Find(attribute, Auth);
        var refusal = Find(attribute, Refusal);
        if (auth is null)
        {
            if (refusal is not null)
            {
                payloads.Refuse(refusal, Path(contract, Refusal), Locate(contract, attribute, Refusal), "nobody is refused where no Auth says who connects");
            }

            return null;
        }

        var authCodec = CodecOf(auth, Path(contract, Auth), Locate(contract, attribute, Auth), isObject: true);
        var refusalCodec = refusal is null ? null : CodecOf(refusal, Path(contract, Refusal), Locate(contract, attribute, Refusal), isObject: false);
        return authCodec is null || (refusal is not null && refusalCodec is null)
            ? null
            : new AuthenticationModel(SymbolNames.Of(auth), authCodec, refusal is null ? null : SymbolNames.Of(refusal), refusalCodec);
    }

    private string? CodecOf(ITypeSymbol type, string path, Location location, bool isObject)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            violations.AddUnresolved();
            return null;
        }

        if (!type.IsReferenceType)
        {
            payloads.Refuse(type, path, location, "it is said or not said, so it is a class");
            return null;
        }

        // Socket.IO protocol 5, "CONNECT": the payload is an object.
        if (payloads.Parse(type, path, location) is not { } value)
        {
            return null;
        }

        var codec = payloads.CodecOf(value);
        if (isObject && !payloads.Codecs.Any(candidate => candidate.Name == codec && candidate is ObjectCodecModel or UnionCodecModel or MapCodecModel or ExistingCodecModel))
        {
            payloads.Refuse(type, path, location, "an auth payload travels as an object");
            return null;
        }

        return codec;
    }

    private static ITypeSymbol? Find(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value as ITypeSymbol;

    private static string Path(INamedTypeSymbol contract, string name) => $"{contract.Name}.{name}";

    private static Location Locate(INamedTypeSymbol contract, AttributeData attribute, string name) =>
        (attribute.ApplicationSyntaxReference?.GetSyntax() as AttributeSyntax)?.ArgumentList?.Arguments
            .FirstOrDefault(argument => argument.NameEquals?.Name.Identifier.ValueText == name)?.Expression.GetLocation() ?? contract.Locations[0];
}
