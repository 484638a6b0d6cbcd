using TypedSockets.Formats;

namespace TypedSockets.Protocol.Codecs.Ts1;

/// <summary>Carries a <see cref="DisconnectReason"/> across the wire: its code, a text and up to two numbers.</summary>
internal static class ReasonCodec
{
    private const int Values = 4;

    // The text of a SlowConsumer whose numbers are packets; it has none where they are bytes.
    private const string Packets = "packets";

    /// <param name="writer">Takes the reason.</param>
    /// <param name="reason">The reason.</param>
    /// <param name="more">How many values the caller writes behind it.</param>
    public static void Write(ref MessagePackWriter writer, DisconnectReason reason, int more = 0)
    {
        var (text, first, second) = reason switch
        {
            ServerDisconnect server => (server.Text, null, null),
            ServerShuttingDown shutdown => (null, Milliseconds(shutdown.RetryAfter), null),
            RateLimited limited => (null, Milliseconds(limited.RetryAfter), null),
            TransportClose close => (close.Text, close.CloseCode, null),
            TransportError error => (error.Detail, null, null),
            PingTimeout timeout => (null, Milliseconds(timeout.Silence), Milliseconds(timeout.Limit)),
            ParseError parse => (parse.Detail, null, null),
            ForcedClose forced => (forced.Violation, null, null),
            ForcedServerClose forced => (null, Milliseconds(forced.Limit), null),
            PayloadTooLarge large => (null, large.Bytes, large.Limit),
            HandshakeRejected rejected => (rejected.Text, rejected.Status, null),
            ContractMismatch mismatch => (mismatch.Detail, null, null),
            Unauthorized unauthorized => (unauthorized.Text, null, null),
            SlowConsumer slow => (slow.Unit is QueueUnit.Packets ? Packets : null, slow.Queued, slow.Limit),
            HandlerFault fault => (fault.Event, null, null),
            _ => ((string?)null, (long?)null, (long?)null),
        };
        var agreement = (reason as ContractMismatch)?.Agreement;
        writer.BeginArray(Values + more + (agreement is null ? 0 : 1));
        writer.WriteInt32((int)reason.Code);
        WriteText(ref writer, text);
        WriteNumber(ref writer, first);
        WriteNumber(ref writer, second);
        if (agreement is not null)
        {
            AgreementCodec.Write(ref writer, agreement);
        }
    }

    /// <summary>Reads what the other end decided; the result says so. A code that this end does not know is a <see cref="TransportClose"/> with the text.</summary>
    /// <exception cref="PayloadException">The bytes are not a reason.</exception>
    public static DisconnectReason Read(ReadOnlySpan<byte> payload) => Read(payload, out _);

    /// <inheritdoc cref="Read(ReadOnlySpan{byte})"/>
    /// <param name="payload">The bytes.</param>
    /// <param name="data">The value behind the reason, as MessagePack; empty where there is none.</param>
    public static DisconnectReason Read(ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> data)
    {
        var reader = new MessagePackReader(payload, PayloadLimits.Default);
        var values = reader.BeginArray();
        var code = (DisconnectCode)reader.ReadInt32();
        var text = values > 1 && !reader.TryReadNil() ? reader.ReadString() : null;
        var first = values > 2 && !reader.TryReadNil() ? reader.ReadInt64() : (long?)null;
        var second = values > 3 && !reader.TryReadNil() ? reader.ReadInt64() : (long?)null;
        data = default;
        var left = values - Values;
        if (left > 0)
        {
            var start = reader.Position;
            reader.Skip();
            data = payload[start..reader.Position];
            left--;
        }

        reader.EndArray(left);
        reader.Complete();
        DisconnectReason reason = code switch
        {
            DisconnectCode.ClientDisconnect => new ClientDisconnect(),
            DisconnectCode.ServerDisconnect => new ServerDisconnect(text),
            DisconnectCode.ServerShuttingDown => new ServerShuttingDown(Duration(first)),
            DisconnectCode.TransportClose => new TransportClose((int?)first, text),
            DisconnectCode.TransportError => new TransportError(text ?? "no detail"),
            DisconnectCode.PingTimeout => new PingTimeout(Duration(first) ?? default, Duration(second) ?? default),
            DisconnectCode.ParseError => new ParseError(text ?? "no detail"),
            DisconnectCode.ForcedClose => new ForcedClose(text ?? "no detail"),
            DisconnectCode.ForcedServerClose => new ForcedServerClose(Duration(first) ?? default),
            DisconnectCode.PayloadTooLarge => new PayloadTooLarge(first ?? 0, second ?? 0),
            DisconnectCode.HandshakeRejected => new HandshakeRejected((int)(first ?? 0), text ?? "no detail"),
            DisconnectCode.ContractMismatch => new ContractMismatch(text ?? "no detail") { Agreement = data.IsEmpty ? null : AgreementCodec.Read(data, PayloadLimits.Default) },
            DisconnectCode.Unauthorized => new Unauthorized(text),
            DisconnectCode.AuthenticationExpired => new AuthenticationExpired(),
            DisconnectCode.RateLimited => new RateLimited(Duration(first)),
            DisconnectCode.SlowConsumer => new SlowConsumer(first ?? 0, second ?? 0) { Unit = text == Packets ? QueueUnit.Packets : QueueUnit.Bytes },
            DisconnectCode.HandlerFault => new HandlerFault(text ?? "unknown"),
            _ => new TransportClose(Text: text ?? $"reason {(int)code}"),
        };
        return reason with { Initiator = Initiator.Remote };
    }

    public static void WriteText(ref MessagePackWriter writer, string? text)
    {
        if (text is null)
        {
            writer.WriteNil();
        }
        else
        {
            writer.WriteString(text);
        }
    }

    private static void WriteNumber(ref MessagePackWriter writer, long? number)
    {
        if (number is { } value)
        {
            writer.WriteInt64(value);
        }
        else
        {
            writer.WriteNil();
        }
    }

    private static long? Milliseconds(TimeSpan? duration) => (long?)duration?.TotalMilliseconds;

    /// <summary>A time that the peer told; what is absurd is brought to what a timer can wait.</summary>
    public static TimeSpan Duration(long milliseconds) => TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 0, int.MaxValue));

    /// <inheritdoc cref="Duration(long)"/>
    public static TimeSpan? Duration(long? milliseconds) => milliseconds is { } value ? Duration(value) : null;
}
