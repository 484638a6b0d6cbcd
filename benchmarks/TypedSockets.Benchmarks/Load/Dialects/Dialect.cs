using TypedSockets.Benchmarks.Contracts;

namespace TypedSockets.Benchmarks.Load.Dialects;

/// <summary>What one system's protocol looks like inside WebSocket messages. Frames that go out are built once, before anything is measured.</summary>
internal abstract class Dialect
{
    /// <summary>The target of the GET request that opens the WebSocket.</summary>
    public abstract string RequestTarget { get; }

    /// <summary>What the 101 response amounts to.</summary>
    public abstract IncomingKind AfterUpgrade { get; }

    /// <summary>Whether the server decodes payloads, so that what it decoded can be checked.</summary>
    public abstract bool DecodesPayloads { get; }

    /// <summary>The frame that answers <see cref="IncomingKind.GreetingDue"/>.</summary>
    public virtual byte[] Greeting => throw new LoadException("The server asked for a greeting that its protocol does not have.");

    /// <summary>The frame that answers <see cref="IncomingKind.Heartbeat"/>.</summary>
    public virtual byte[] HeartbeatAnswer => throw new LoadException("The server sent a heartbeat that its protocol does not have.");

    /// <summary>The frame of a request whose answer names <paramref name="slot"/>.</summary>
    public abstract byte[] Request(int slot, ChatLine line);

    /// <summary>The <see cref="Incoming.Body"/> that the answer to such a request must have.</summary>
    public abstract byte[] ReplyBody(ChatLine line);

    /// <summary>The frame of a one-way event.</summary>
    public abstract byte[] OneWay(Move move);

    /// <summary>The frame that makes the server broadcast <paramref name="line"/>.</summary>
    public abstract byte[] Publish(ChatLine line);

    /// <summary>The <see cref="Incoming.Body"/> that each delivery of it must have.</summary>
    public abstract byte[] DeliveryBody(ChatLine line);

    /// <summary>Takes the next protocol message off <paramref name="message"/>, the rest of a WebSocket message; false when that is used up.</summary>
    public abstract bool TryRead(Opcode opcode, ref ReadOnlySpan<byte> message, out Incoming incoming);
}
