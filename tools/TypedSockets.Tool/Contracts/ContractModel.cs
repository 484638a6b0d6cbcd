using System.Reflection;
using TypedSockets.Tool.TypeScript;

namespace TypedSockets.Tool.Contracts;

/// <summary>A contract: the events of a namespace in both directions.</summary>
/// <param name="Server">The interface of the server's events, which is the contract.</param>
/// <param name="Client">The interface of the client's events.</param>
/// <param name="Namespace">The namespace on the wire.</param>
/// <param name="ServerEvents">What clients send, in the order of declaration.</param>
/// <param name="ClientEvents">What the server sends, in the order of declaration.</param>
internal sealed record ContractModel(Type Server, Type Client, string Namespace, IReadOnlyList<EventModel> ServerEvents, IReadOnlyList<EventModel> ClientEvents);

/// <summary>One event.</summary>
/// <param name="WireName">Its name on the wire.</param>
/// <param name="Method">The method that declares it.</param>
/// <param name="Parameters">What it carries.</param>
/// <param name="Answer">How the sender learns that it was handled.</param>
/// <param name="Result">What comes back; null when nothing does.</param>
internal sealed record EventModel(string WireName, MethodInfo Method, IReadOnlyList<ParameterModel> Parameters, AnswerKind Answer, TypeExpression? Result)
{
    /// <summary>What it declares that its handler may end with, by name.</summary>
    public IReadOnlyList<FaultModel> Faults { get; init; } = [];
}

/// <summary>A fault that an event declares.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Type">What it tells.</param>
internal sealed record FaultModel(string Name, TypeExpression Type);

/// <summary>What one parameter of an event is.</summary>
/// <param name="Name">The name in C#.</param>
/// <param name="Type">The type.</param>
/// <param name="IsOptional">Whether it may be left out, together with all that follow.</param>
internal sealed record ParameterModel(string Name, TypeExpression Type, bool IsOptional);

/// <summary>How the sender of an event learns that it was handled.</summary>
internal enum AnswerKind
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>By an acknowledgement, with or without a result.</summary>
    Acknowledgement,

    /// <summary>By a stream, or it sends one; Socket.IO has none.</summary>
    Stream,
}
