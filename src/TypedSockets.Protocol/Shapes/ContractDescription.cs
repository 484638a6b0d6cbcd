using System.Collections.Generic;

namespace TypedSockets.Protocol.Shapes;

/// <summary>What a contract looks like on the wire, as its description says it (docs/guides/versioning.md). Compiled into the generator too, so that a build and a connection judge alike.</summary>
/// <param name="Name">The contract's C# name.</param>
/// <param name="Namespace">The namespace on the wire.</param>
/// <param name="Auth">What a client says about itself when it connects; null for nothing.</param>
/// <param name="Refusal">What a refused client is told; null for nothing.</param>
/// <param name="Events">The events of both directions.</param>
/// <param name="Types">The types that need a description of their own, by name.</param>
internal sealed record ContractDescription(
    string Name,
    string Namespace,
    ValueDescription? Auth,
    ValueDescription? Refusal,
    IReadOnlyDictionary<EventKey, EventDescription> Events,
    IReadOnlyDictionary<string, TypeDescription> Types);

/// <summary>What tells an event from all others of its contract.</summary>
/// <param name="IsServerEvent">Whether the server handles it.</param>
/// <param name="Name">Its wire name.</param>
internal readonly record struct EventKey(bool IsServerEvent, string Name)
{
    public const string Server = "server";
    public const string Client = "client";

    public override string ToString() => $"{(IsServerEvent ? Server : Client)} {Name}";
}

/// <summary>One event.</summary>
/// <param name="Parameters">What it carries.</param>
/// <param name="IsAnswered">Whether the sender hears that it was handled.</param>
/// <param name="Result">What comes back; null for nothing.</param>
/// <param name="Faults">What its handler may end with, by name as the key.</param>
internal sealed record EventDescription(IReadOnlyList<FieldDescription?> Parameters, bool IsAnswered, ValueDescription? Result, IReadOnlyList<FieldDescription> Faults)
{
    /// <summary>How an answer without a result is described.</summary>
    public const string Acknowledgement = "ack";

    /// <summary>What stands before the item of a stream.</summary>
    public const string Stream = "*";

    /// <summary>What stands before the faults, behind the answer.</summary>
    public const string FaultsWord = " faults";

    public string Answer => !IsAnswered ? "nothing" : Result is null ? "an acknowledgement" : $"'{Result.Text}'";
}

/// <summary>A parameter, a member, or one type of a union.</summary>
/// <param name="Name">Its C# name; empty where it has none.</param>
/// <param name="Key">What it is found by in binary formats, where that is not its place: a name in a map, the number of a type in a union.</param>
/// <param name="Value">What it holds.</param>
/// <param name="IsNeeded">Whether a reader cannot do without it.</param>
/// <param name="TextName">Its name in text formats; empty where it does not travel in those, null where it has no name there.</param>
internal sealed record FieldDescription(string Name, string? Key, ValueDescription Value, bool IsNeeded, string? TextName);

/// <summary>A value at the place where it stands.</summary>
/// <param name="Kind">How it is made up.</param>
/// <param name="Text">How it is described, for people.</param>
/// <param name="Name">The name of a simple value or of a type; the dimensions of a list. Otherwise empty.</param>
/// <param name="Parts">The element of a list or a stream, the key and the value of a map, the elements of a tuple.</param>
/// <param name="IsNullable">Whether it may be nil.</param>
internal sealed record ValueDescription(ValueKind Kind, string Text, string Name, IReadOnlyList<FieldDescription> Parts, bool IsNullable);

/// <summary>How a value is made up.</summary>
internal enum ValueKind
{
    Named,
    List,
    Map,
    Tuple,

    /// <summary>What an event takes or returns item by item. It does not stand among the arguments.</summary>
    Stream,
}

/// <summary>A type that the contract's values mention by name.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Underlying">The integer that stands for an enum; otherwise null.</param>
/// <param name="Members">The members in the order of their places, null where none stands; or in any order where they have keys.</param>
/// <param name="Numbers">The numbers of an enum's members by name; otherwise empty.</param>
/// <param name="TextNames">What an enum's members are called in text formats, by name, where they travel by name there; otherwise empty.</param>
internal sealed record TypeDescription(
    ShapeKind Kind,
    ValueDescription? Underlying,
    IReadOnlyList<FieldDescription?> Members,
    IReadOnlyDictionary<string, string> Numbers,
    IReadOnlyDictionary<string, string> TextNames);

/// <summary>What a type is. The names in lower case stand in descriptions.</summary>
internal enum ShapeKind
{
    /// <summary>Members told apart by their places.</summary>
    Object,

    /// <summary>Members told apart by names in every format.</summary>
    Map,

    /// <summary>One of several types, told apart by a number.</summary>
    Union,

    /// <summary>An integer.</summary>
    Enum,
}
