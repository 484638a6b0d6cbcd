using TypedSockets.Tool.Metadata;

namespace TypedSockets.Tool.TypeScript;

/// <summary>A type that the file declares. It exists before it is complete, since it may contain itself.</summary>
/// <param name="type">The C# type.</param>
/// <param name="baseName">Its name, should no other type have the same.</param>
internal abstract class Declaration(TypeUse type, string baseName)
{
    public TypeUse Type { get; } = type;

    public string BaseName { get; } = baseName;

    /// <summary>The name in the file; known once all declarations are.</summary>
    public string Name { get; set; } = baseName;
}

/// <summary>A record, class or struct.</summary>
internal sealed class InterfaceDeclaration(TypeUse type, string baseName) : Declaration(type, baseName)
{
    public IReadOnlyList<MemberDeclaration> Members { get; set; } = [];
}

/// <summary>One member of an object.</summary>
/// <param name="Name">Its name in JSON.</param>
/// <param name="Type">Its type.</param>
/// <param name="Source">What it is in C#.</param>
internal sealed record MemberDeclaration(string Name, TypeExpression Type, System.Reflection.MemberInfo Source);

/// <summary>An enum.</summary>
/// <param name="type">The C# type.</param>
/// <param name="baseName">Its name, should no other type have the same.</param>
/// <param name="values">The literals of its members, each value once.</param>
/// <param name="isOpen">Whether numbers without a member travel as well.</param>
internal sealed class EnumDeclaration(TypeUse type, string baseName, IReadOnlyList<(string Literal, System.Reflection.FieldInfo Member)> values, bool isOpen) : Declaration(type, baseName)
{
    public IReadOnlyList<(string Literal, System.Reflection.FieldInfo Member)> Values { get; } = values;

    public bool IsOpen { get; } = isOpen;

    /// <summary>Whether each value has a name that travels.</summary>
    public bool IsText => Values.Count > 0 && Values[0].Literal[0] == '"';
}

/// <summary>A type that stands for one of several.</summary>
internal sealed class UnionDeclaration(TypeUse type, string baseName, string discriminator) : Declaration(type, baseName)
{
    public string Discriminator { get; } = discriminator;

    /// <summary>The key of each as a literal, and the object.</summary>
    public IReadOnlyList<(string Key, TypeExpression Type)> Cases { get; set; } = [];
}

/// <summary>A type that is written by code of its author.</summary>
internal sealed class FormattedDeclaration(TypeUse type, string baseName) : Declaration(type, baseName);
