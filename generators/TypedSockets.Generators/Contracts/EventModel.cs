using System.Collections.Generic;
using System.Linq;
using TypedSockets.Generators.Incremental;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Contracts;

/// <summary>One event: a method of a contract's interface.</summary>
/// <param name="WireName">Its name on the wire.</param>
/// <param name="Method">The method's name, escaped.</param>
/// <param name="Identifier">A name for what is generated for it, unique in its direction: the method's, numbered when it is overloaded.</param>
/// <param name="DeclaringType">How generated code names the interface that declares it.</param>
/// <param name="ReturnType">The return type as written in C#.</param>
/// <param name="Answer">How the sender learns that it was handled.</param>
/// <param name="Result">The value that comes back, or each item of the stream that does; null when there is none.</param>
/// <param name="ResultCodec">The codec of <paramref name="Result"/>; null when there is none.</param>
/// <param name="Parameters">What travels, streams included; the cancellation token is not among them.</param>
/// <param name="CancellationToken">The name of the trailing token; null when there is none.</param>
internal sealed record EventModel(
    string WireName,
    string Method,
    string Identifier,
    string DeclaringType,
    string ReturnType,
    AnswerKind Answer,
    ValueModel? Result,
    string? ResultCodec,
    EquatableArray<ParameterModel> Parameters,
    string? CancellationToken)
{
    /// <summary>What is sent with the event.</summary>
    public IEnumerable<ParameterModel> Arguments => Parameters.Where(static parameter => parameter.StreamCodec is null);

    /// <summary>What is streamed beside it.</summary>
    public IEnumerable<ParameterModel> Streams => Parameters.Where(static parameter => parameter.StreamCodec is not null);

    /// <summary>Whether anything is streamed in either direction.</summary>
    public bool HasStreams => Answer == AnswerKind.Stream || Streams.Any();

    /// <summary>What its handler may end with, sorted by name.</summary>
    public EquatableArray<FaultModel> Faults { get; init; } = new([]);

    /// <summary>How long its answer may take, in ticks of 100 ns; null for what the options say.</summary>
    public long? TimeoutTicks { get; init; }

    /// <summary>What may run beside its handler.</summary>
    public EventConcurrency Concurrency { get; init; }

    /// <summary>The index of the parameter that is the key of <see cref="EventConcurrency.Keyed"/>; otherwise negative.</summary>
    public int KeyIndex { get; init; } = -1;

    /// <summary>Covers the parameters, the result and the faults; known once the whole contract has turned out to be valid.</summary>
    public ulong Fingerprint { get; init; }

    /// <summary>What becomes of it while the other end reads too slowly. Not for the other end to know, so no fingerprint covers it.</summary>
    public DeliveryKind Delivery { get; init; }
}

/// <summary>How the sender of an event learns that it was handled.</summary>
internal enum AnswerKind
{
    /// <summary>It does not: the method returns <c>void</c>.</summary>
    None,

    /// <summary>By a <c>ValueTask</c>, with or without a value.</summary>
    ValueTask,

    /// <summary>By a <c>Task</c>, with or without a value.</summary>
    Task,

    /// <summary>By the end of the stream that it returns.</summary>
    Stream,
}

/// <summary>One argument of an event.</summary>
/// <param name="Name">The parameter's name, not escaped.</param>
/// <param name="Value">Its type; of a stream that of an item.</param>
/// <param name="Default">The default value as a C# expression; null when there is none.</param>
/// <param name="StreamCodec">The codec of an item, when it is a stream; otherwise null.</param>
internal sealed record ParameterModel(string Name, ValueModel Value, string? Default, string? StreamCodec = null)
{
    /// <summary>The parameter's type as written in C#.</summary>
    public string Type => StreamCodec is null ? Value.Type : $"global::System.Collections.Generic.IAsyncEnumerable<{Value.Type}>";

    /// <summary>Whether it is part of the event's conflation key.</summary>
    public bool IsKey { get; init; }
}

/// <summary>A fault that an event declares.</summary>
/// <param name="Name">Its name on the wire.</param>
/// <param name="Value">Its type.</param>
/// <param name="Codec">The codec of the type.</param>
internal sealed record FaultModel(string Name, ValueModel Value, string Codec);

/// <summary>What may run beside the handler of an event. The values are those of the runtime's enum.</summary>
internal enum EventConcurrency
{
    /// <summary>Nothing.</summary>
    Serial = 0,

    /// <summary>Everything.</summary>
    Concurrent = 1,

    /// <summary>Everything but the handlers of the same key.</summary>
    Keyed = 2,
}
