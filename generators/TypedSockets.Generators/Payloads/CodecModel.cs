using TypedSockets.Generators.Incremental;

namespace TypedSockets.Generators.Payloads;

/// <summary>A type that needs code of its own to be written and read; see <see cref="Contracts.ContractModel"/> for what a model may hold.</summary>
/// <param name="Name">The name of the struct.</param>
/// <param name="Type">The type as written in C#.</param>
internal abstract record CodecModel(string Name, string Type);

/// <summary>A scalar or nullable type that an event returns: the runtime asks for a codec of it, nobody else does.</summary>
internal sealed record ValueCodecModel(string Name, string Type, ValueModel Value) : CodecModel(Name, Type);

/// <summary>A codec that exists already, in the runtime library or in the code of the contract's author. Nothing is generated.</summary>
/// <param name="Name">The struct, with <c>global::</c>.</param>
/// <param name="Type">The type as written in C#.</param>
/// <param name="Shape">How it stands in fingerprints.</param>
internal sealed record ExistingCodecModel(string Name, string Type, string Shape) : CodecModel(Name, Type);

/// <summary>An enum that travels as the name of its member in text formats.</summary>
/// <param name="Name">The name of the generated struct.</param>
/// <param name="Type">The type as written in C#.</param>
/// <param name="Value">How it travels as a number.</param>
/// <param name="Members">Its members; of several of one value the first.</param>
internal sealed record EnumCodecModel(string Name, string Type, ValueModel Value, EquatableArray<EnumMemberModel> Members) : CodecModel(Name, Type);

/// <summary>One member of an enum.</summary>
/// <param name="Name">Its name in C#, not escaped.</param>
/// <param name="TextName">Its name in text.</param>
internal sealed record EnumMemberModel(string Name, string TextName);

/// <summary>A list of any kind.</summary>
internal sealed record SequenceCodecModel(string Name, string Type, SequenceForm Form, ValueModel Element) : CodecModel(Name, Type);

/// <summary>An array of more than one dimension.</summary>
internal sealed record GridCodecModel(string Name, string Type, int Rank, ValueModel Element) : CodecModel(Name, Type);

/// <summary>A dictionary of any kind.</summary>
internal sealed record MapCodecModel(string Name, string Type, MapForm Form, ValueModel Key, ValueModel Value) : CodecModel(Name, Type);

/// <summary>A type that stands for one of several, each with a key.</summary>
/// <param name="Name">The name of the generated struct.</param>
/// <param name="Type">The type as written in C#.</param>
/// <param name="DisplayName">The type's name for people.</param>
/// <param name="Discriminator">The name of the member that holds the key in text formats.</param>
/// <param name="Cases">The types, those that derive from another one of them before it.</param>
internal sealed record UnionCodecModel(string Name, string Type, string DisplayName, string Discriminator, EquatableArray<UnionCaseModel> Cases) : CodecModel(Name, Type);

/// <summary>One type of a union.</summary>
/// <param name="Key">The key in binary formats.</param>
/// <param name="TextKey">The key in text formats, as a C# literal: a number or a string.</param>
/// <param name="IsSealed">Whether a value that is of this type cannot be of a derived one.</param>
/// <param name="Value">The type.</param>
internal sealed record UnionCaseModel(int Key, string TextKey, bool IsSealed, ValueModel Value);
