using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs.Ts1;

namespace TypedSockets.Protocol.Codecs.SocketIO;

/// <summary>What acknowledges a request that failed, in place of its result: <c>{"$fault":"HandlerFailed","message":"…"}</c>. Socket.IO itself knows no such thing.</summary>
/// <param name="Fault">What failed.</param>
/// <param name="Message">More about it, where the other end may know; otherwise null, and left out.</param>
/// <param name="RetryAfter">How long to wait before trying again, in milliseconds on the wire; null, and left out, where nothing is said about it.</param>
internal readonly record struct FaultData(RemoteFault Fault, string? Message, TimeSpan? RetryAfter = null) : IPayloadCodec<FaultData>
{
    /// <summary>The name of a declared fault; null for another one. Read only: <see cref="DeclaredFaultPayload{TFault, TCodec}"/> writes it.</summary>
    public string? Name { get; init; }

    /// <summary>The value of a declared fault, as JSON; null for nothing.</summary>
    public byte[]? Data { get; init; }

    public static ReadOnlySpan<byte> Marker => "$fault"u8;

    public static ReadOnlySpan<byte> NameOfFault => "name"u8;

    public static ReadOnlySpan<byte> DataOfFault => "data"u8;

    public static void Write<TWriter>(ref TWriter writer, FaultData value) where TWriter : struct, IFormatWriter, allows ref struct
    {
        writer.BeginNamedObject(1 + (value.Message is null ? 0 : 1) + (value.RetryAfter is null ? 0 : 1));
        writer.WriteName(Marker);
        writer.WriteString(value.Fault.ToString());
        if (value.Message is not null)
        {
            writer.WriteName("message"u8);
            writer.WriteString(value.Message);
        }

        if (value.RetryAfter is { } retryAfter)
        {
            writer.WriteName("retryAfter"u8);
            writer.WriteInt64((long)retryAfter.TotalMilliseconds);
        }

        writer.EndObject();
    }

    /// <summary>A fault whose name this end does not know is <see cref="RemoteFault.HandlerFailed"/>.</summary>
    public static FaultData Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        var fault = RemoteFault.HandlerFailed;
        string? message = null;
        TimeSpan? retryAfter = null;
        string? declared = null;
        byte[]? data = null;
        var left = reader.BeginNamedObject();
        while (reader.HasNext(ref left))
        {
            var name = reader.ReadName();
            if (name.SequenceEqual(Marker))
            {
                fault = Parse(reader.ReadString());
            }
            else if (name.SequenceEqual("message"u8))
            {
                message = reader.TryReadNil() ? null : reader.ReadString();
            }
            else if (name.SequenceEqual("retryAfter"u8))
            {
                retryAfter = reader.TryReadNil() ? null : ReasonCodec.Duration(reader.ReadInt64());
            }
            else if (name.SequenceEqual(NameOfFault))
            {
                declared = reader.TryReadNil() ? null : reader.ReadString();
            }
            else if (name.SequenceEqual(DataOfFault))
            {
                data = reader.ReadSerialized().ToArray();
            }
            else
            {
                reader.Skip();
            }
        }

        reader.EndObject();
        return new FaultData(fault, message, retryAfter) { Name = declared, Data = data };
    }

    /// <summary>Whether the array of a JSON acknowledgement holds a fault. Its writers put the marker first and leave no white space.</summary>
    public static bool IsText(ReadOnlySpan<byte> payload) => payload.StartsWith("[{\"$fault\":"u8);

    private static RemoteFault Parse(string name) => name switch
    {
        nameof(RemoteFault.Canceled) => RemoteFault.Canceled,
        nameof(RemoteFault.ResultTooLarge) => RemoteFault.ResultTooLarge,
        nameof(RemoteFault.NotSupported) => RemoteFault.NotSupported,
        nameof(RemoteFault.InvalidArguments) => RemoteFault.InvalidArguments,
        nameof(RemoteFault.Declared) => RemoteFault.Declared,
        nameof(RemoteFault.Unauthenticated) => RemoteFault.Unauthenticated,
        nameof(RemoteFault.Forbidden) => RemoteFault.Forbidden,
        nameof(RemoteFault.RateLimited) => RemoteFault.RateLimited,
        _ => RemoteFault.HandlerFailed,
    };
}
