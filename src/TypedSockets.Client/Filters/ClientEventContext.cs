using System.Diagnostics;
using TypedSockets.Events;

namespace TypedSockets.Client;

/// <summary>One event on its way to or from the server. Not safe for concurrent use; it is not to be kept.</summary>
public sealed class ClientEventContext : EventContext
{
    internal ClientEventContext(ContractShape contract, string name, EventShape? shape, EventInvocation invocation) : base(contract.Name, name, shape, invocation) => Namespace = contract.Namespace;

    /// <summary>The namespace that the event travels in.</summary>
    public string Namespace { get; }

    internal ValueTask GoOnAsync() => InvokeAsync();

    internal void Send()
    {
        var sent = InvokeAsync();
        Debug.Assert(sent.IsCompleted, "Nothing waits for a one-way event.");
        sent.GetAwaiter().GetResult();
    }
}
