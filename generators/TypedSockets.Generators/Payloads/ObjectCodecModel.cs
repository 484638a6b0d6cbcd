using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>A record, class, struct or tuple.</summary>
/// <param name="Name">The name of the generated struct.</param>
/// <param name="Type">The type as written in C#.</param>
/// <param name="DisplayName">The type's name for people.</param>
/// <param name="Layout">How its members are told apart.</param>
/// <param name="Members">In the order in which they travel.</param>
/// <param name="Creation">How one is made of what was read.</param>
internal sealed record ObjectCodecModel(string Name, string Type, string DisplayName, ObjectLayout Layout, EquatableArray<MemberModel> Members, CreationModel Creation)
    : CodecModel(Name, Type);

/// <summary>How the members of an object are told apart.</summary>
internal enum ObjectLayout
{
    /// <summary>In binary formats by their position, in text formats by their names.</summary>
    Positions,

    /// <summary>By their names in every format.</summary>
    Names,

    /// <summary>By their position in every format.</summary>
    Tuple,
}

/// <summary>One member of an object.</summary>
/// <param name="Name">The member's name, not escaped.</param>
/// <param name="Value">Its type.</param>
/// <param name="Position">Its position in the array; positions may have gaps. Without meaning where members have names.</param>
/// <param name="BinaryName">Its name in binary formats; null where it has none.</param>
/// <param name="TextName">Its name in text formats; null when it does not travel in those.</param>
/// <param name="Default">The default value of the constructor's parameter as a C# expression; null when there is none.</param>
/// <param name="IsRead">Whether a reader sets it again. One that is only written is skipped.</param>
/// <param name="IsInitialized">Whether the type itself may give it a value, by an initializer or in a constructor, which it keeps where the peer sends none.</param>
internal sealed record MemberModel(string Name, ValueModel Value, int Position, string? BinaryName, string? TextName, string? Default, bool IsRead, bool IsInitialized);

/// <summary>How an object is made of its members.</summary>
/// <param name="Kind">What creates it.</param>
/// <param name="IsValueType">Whether it is a struct, which is handed to accessors by reference.</param>
/// <param name="Constructor">What the constructor takes, in the order of its parameters.</param>
/// <param name="Initialized">The indices of the members that an object initializer sets.</param>
/// <param name="Required">The indices of those among them without which the compiler creates no object.</param>
/// <param name="Accessed">The members that are set behind the compiler's back, since their accessors are not public.</param>
internal sealed record CreationModel(
    CreationKind Kind,
    bool IsValueType,
    EquatableArray<ArgumentModel> Constructor,
    EquatableArray<int> Initialized,
    EquatableArray<int> Required,
    EquatableArray<AccessedMember> Accessed);

/// <summary>An argument of a constructor.</summary>
/// <param name="Member">The index of the member; -1 for one that does not travel.</param>
/// <param name="Type">The type of the parameter as written in C#.</param>
/// <param name="Constant">What stands for a member that does not travel, as a C# expression.</param>
internal sealed record ArgumentModel(int Member, string Type, string? Constant);

/// <summary>What creates an object.</summary>
internal enum CreationKind
{
    /// <summary>A public constructor.</summary>
    Constructor,

    /// <summary>A constructor that is not public, through an accessor.</summary>
    Accessor,

    /// <summary>A tuple's literal.</summary>
    Literal,
}

/// <summary>A member that is set through an accessor.</summary>
/// <param name="Index">The member.</param>
/// <param name="DeclaringType">The type that declares the accessor, as written in C#.</param>
/// <param name="IsField">Whether it is a field.</param>
internal sealed record AccessedMember(int Index, string DeclaringType, bool IsField);
