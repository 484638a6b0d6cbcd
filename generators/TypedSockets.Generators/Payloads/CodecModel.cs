using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>A type that needs code of its own to be written and read; see <see cref="Contracts.ContractModel"/> for what a model may hold.</summary>
/// <param name="Name">The name of the generated struct.</param>
/// <param name="Type">The type as written in C#.</param>
internal abstract record CodecModel(string Name, string Type);

/// <summary>A scalar or nullable type that an event returns: the runtime asks for a codec of it, nobody else does.</summary>
internal sealed record ValueCodecModel(string Name, string Type, ValueModel Value) : CodecModel(Name, Type);

/// <summary>A list of any kind.</summary>
internal sealed record SequenceCodecModel(string Name, string Type, SequenceKind Kind, ValueModel Element) : CodecModel(Name, Type);

/// <summary>A dictionary of any kind.</summary>
/// <param name="Name">The name of the generated struct.</param>
/// <param name="Type">The type as written in C#.</param>
/// <param name="IsInterface">Whether it may be any dictionary, also one that others change while it is walked.</param>
/// <param name="Key">The keys.</param>
/// <param name="Value">The values.</param>
internal sealed record MapCodecModel(string Name, string Type, bool IsInterface, ValueModel Key, ValueModel Value) : CodecModel(Name, Type);

/// <summary>A record, class, struct or tuple: an array of its members.</summary>
/// <param name="Name">The name of the generated struct.</param>
/// <param name="Type">The type as written in C#.</param>
/// <param name="DisplayName">The type's name for people.</param>
/// <param name="IsTuple">Whether it is created as a tuple is, without a constructor.</param>
/// <param name="Members">In the order in which they travel.</param>
/// <param name="Constructor">The indices of the members that the constructor takes, in the order of its parameters.</param>
/// <param name="Initialized">The indices of the members that an object initializer sets.</param>
internal sealed record ObjectCodecModel(
    string Name,
    string Type,
    string DisplayName,
    bool IsTuple,
    EquatableArray<MemberModel> Members,
    EquatableArray<int> Constructor,
    EquatableArray<int> Initialized) : CodecModel(Name, Type);

/// <summary>One member of an object.</summary>
/// <param name="Name">The member's name, not escaped.</param>
/// <param name="Value">Its type.</param>
/// <param name="Default">The default value of the constructor's parameter as a C# expression; null when there is none.</param>
internal sealed record MemberModel(string Name, ValueModel Value, string? Default);

/// <summary>The kinds of list, by how they are walked and what stands for them when they are read.</summary>
internal enum SequenceKind
{
    /// <summary><c>T[]</c></summary>
    Array,

    /// <summary><c>List&lt;T&gt;</c></summary>
    List,

    /// <summary><c>IList&lt;T&gt;</c>: walked by index, since its enumerator is an object; read as a list.</summary>
    MutableListInterface,

    /// <summary><c>IReadOnlyList&lt;T&gt;</c>: walked by index, since its enumerator is an object; read as an array.</summary>
    ReadOnlyListInterface,

    /// <summary><c>ICollection&lt;T&gt;</c>: read as a list.</summary>
    MutableCollectionInterface,

    /// <summary><c>IReadOnlyCollection&lt;T&gt;</c>: read as an array.</summary>
    ReadOnlyCollectionInterface,

    /// <summary><c>IEnumerable&lt;T&gt;</c>: counted before it is written, for which it may have to be copied; read as an array.</summary>
    Enumerable,
}
