using System;
using System.Collections.Generic;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSockets.Generators.Incremental;

/// <summary>Makes names for generated code.</summary>
internal static class Identifiers
{
    /// <summary>Puts an <c>@</c> before a keyword.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None && SyntaxFacts.GetContextualKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary>The name of a local variable that holds the member <paramref name="name"/>.</summary>
    public static string Local(string name) => Escape(char.IsUpper(name[0]) ? char.ToLowerInvariant(name[0]) + name.Substring(1) : name);

    /// <summary>Takes <paramref name="name"/>, with the lowest number behind it that makes it new when it is already taken.</summary>
    public static string Claim(ISet<string> taken, string name)
    {
        var unique = name;
        for (var number = 2; !taken.Add(unique); number++)
        {
            unique = FormattableString.Invariant($"{name}{number}");
        }

        return unique;
    }
}
