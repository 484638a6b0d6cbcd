using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Tests.Channels;

/// <summary>Reads one number, as generated dispatchers read their arguments, and calls the handler. Its last digit is its key.</summary>
internal sealed class TestDispatcher(Func<int, int, EventCall, ValueTask> handler) : EventDispatcher
{
    public override bool MayAsk => true;

    public override ValueTask Dispatch(int eventId, ref MessagePackReader reader, EventCall call) => DispatchFrom(eventId, ref reader, call);

    public override ValueTask Dispatch(int eventId, ref JsonReader reader, EventCall call) => DispatchFrom(eventId, ref reader, call);

    public override object? GetConcurrencyKey(int eventId, ref MessagePackReader reader)
    {
        reader.BeginArray();
        return reader.ReadInt32() % 10;
    }

    private ValueTask DispatchFrom<TReader>(int eventId, ref TReader reader, EventCall call) where TReader : struct, IFormatReader, allows ref struct
    {
        var arguments = reader.BeginArray();
        var value = reader.ReadInt32();
        reader.EndArray(arguments - 1);
        reader.Complete();
        return handler(eventId, value, call);
    }
}
