using System.Text;
using System.Text.RegularExpressions;

namespace TypedSockets.Tool.TypeScript;

/// <summary>Names and literals as TypeScript writes them.</summary>
internal static partial class TypeScriptText
{
    // ECMAScript, "Keywords and Reserved Words", those of strict mode and modules included.
    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "arguments", "await", "break", "case", "catch", "class", "const", "continue", "debugger", "default", "delete", "do", "else", "enum", "eval", "export", "extends",
        "false", "finally", "for", "function", "if", "implements", "import", "in", "instanceof", "interface", "let", "new", "null", "package", "private", "protected",
        "public", "return", "static", "super", "switch", "this", "throw", "true", "try", "typeof", "var", "void", "while", "with", "yield",
    };

    private static readonly HashSet<string> s_typeWords = new(StringComparer.Ordinal)
    {
        "any", "asserts", "bigint", "boolean", "infer", "keyof", "never", "number", "object", "readonly", "string", "symbol", "type", "undefined", "unknown",
        "Array", "ArrayBuffer", "Uint8Array", "Promise",
    };

    /// <summary>Whether no declaration may be called so.</summary>
    public static bool IsTakenType(string name) => s_keywords.Contains(name) || s_typeWords.Contains(name);

    /// <summary>The name of a parameter; one that is a keyword gets an underscore.</summary>
    public static string Parameter(string name) => s_keywords.Contains(name) ? name + "_" : name;

    /// <summary>The name of a member, in quotes where it is no identifier.</summary>
    public static string Member(string name) => Identifier().IsMatch(name) ? name : Quote(name);

    /// <summary>A string literal.</summary>
    public static string Quote(string text)
    {
        var literal = new StringBuilder("\"");
        foreach (var character in text)
        {
            // Beyond ASCII there are line separators, which end a line of TypeScript, and marks that reorder the text around them.
            literal.Append(character switch
            {
                '"' or '\\' => "\\" + character,
                < ' ' or '\x7f' or (>= '\u2028' and <= '\u202e') or (>= '\u2066' and <= '\u2069') => $"\\u{(int)character:x4}",
                _ when char.IsSurrogate(character) => $"\\u{(int)character:x4}",
                _ => character.ToString(),
            });
        }

        return literal.Append('"').ToString();
    }

    [GeneratedRegex(@"^[\p{L}_$][\p{L}\p{Nd}_$]*$")]
    private static partial Regex Identifier();
}
