using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using TypedSockets.Generators.Payloads;

namespace TypedSockets.Generators.Contracts;

/// <summary>
/// The numbers that two ends compare when they connect: the first 8 bytes, big-endian, of the SHA-256 of a text that says what travels.
/// <para>The text of an event is <c>direction name(parameters)answer</c>: <c>server Join(String,String)-&gt;(String,[String])</c>. The answer is <c>-&gt;</c> and the result, <c>-&gt;!</c>
/// for an acknowledgement without one, nothing for a one-way event; each fault follows as <c>~name:type</c>, in the order of the names. A stream, which is a parameter or the result,
/// stands as <c>*item</c>. Scalars stand by the name of the format's method, an enum as its underlying integer, nullable values with a
/// <c>?</c> behind, lists as <c>[element]</c>, dictionaries as <c>{key:value}</c>, objects as <c>(members)</c>, and an object within itself as <c>^n</c>, n objects up. Members
/// that have names in binary formats stand as <c>name=member</c> in the order of the names, a union as <c>&lt;key:type|key:type&gt;</c> in the order of the keys, an array of two
/// dimensions as <c>[,element]</c>, and what a person's own codec writes as <c>Custom</c>.</para>
/// <para>C# names do not count, neither of types nor of parameters and members: values travel by position, so renaming them changes nothing, while their order and types
/// do count. Default values do not count either: they are the receiver's own affair.</para>
/// </summary>
internal static class Fingerprint
{
    public static ulong OfEvent(string direction, EventModel item, WireShape shape)
    {
        var answer = (item.Answer, item.Result) switch
        {
            (AnswerKind.None, _) => "",
            (_, null) => "->!",
            (AnswerKind.Stream, { } streamed) => "->*" + shape.Describe(streamed),
            (_, { } result) => "->" + shape.Describe(result),
        };
        var faults = string.Concat(item.Faults.Select(fault => $"~{fault.Name}:{shape.Describe(fault.Value)}"));
        return OfText($"{direction} {item.WireName}({string.Join(",", item.Parameters.Select(parameter => (parameter.StreamCodec is null ? "" : "*") + shape.Describe(parameter.Value)))}){answer}{faults}");
    }

    /// <summary>Covers the wire names and fingerprints of both directions, in the order of their ids.</summary>
    public static ulong OfContract(IEnumerable<EventModel> serverEvents, IEnumerable<EventModel> clientEvents) =>
        OfText($"server\n{Lines(serverEvents)}client\n{Lines(clientEvents)}");

    /// <summary>The number of any text.</summary>
    public static ulong OfText(string text)
    {
        using var sha = SHA256.Create();
        return sha.ComputeHash(Encoding.UTF8.GetBytes(text)).Take(8).Aggregate(0UL, static (hash, next) => (hash << 8) | next);
    }

    private static string Lines(IEnumerable<EventModel> events) =>
        string.Concat(events.Select(static item => FormattableString.Invariant($"{item.WireName} {item.Fingerprint:x16}\n")));
}
