using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Protocol.Tests.Channels.Streams;

/// <summary>Does what a generated dispatcher of <see cref="StreamContract"/> does.</summary>
internal sealed class StreamDispatcher : EventDispatcher
{
    public Func<int, IAsyncEnumerable<int>> OnCount { get; set; } = _ => throw new InvalidOperationException("Count was not expected.");

    public Func<int, ValueTask> OnSay { get; set; } = _ => default;

    public Func<IAsyncEnumerable<int>, CancellationToken, ValueTask<int>> OnSum { get; set; } = (_, _) => throw new InvalidOperationException("Sum was not expected.");

    public override ValueTask Dispatch(int eventId, ref MessagePackReader reader, EventCall call) => DispatchFrom(eventId, ref reader, call);

    public override ValueTask Dispatch(int eventId, ref JsonReader reader, EventCall call) => DispatchFrom(eventId, ref reader, call);

    private ValueTask DispatchFrom<TReader>(int eventId, ref TReader reader, EventCall call) where TReader : struct, IFormatReader, allows ref struct
    {
        if (eventId != StreamContract.Say && !call.TryOpenStreams(received: eventId == StreamContract.Sum ? 1 : 0, sent: eventId == StreamContract.Count ? 1 : 0))
        {
            return default;
        }

        var arguments = reader.BeginArray();
        var value = reader.ReadInt32();
        reader.EndArray(arguments - 1);
        reader.Complete();
        return eventId switch
        {
            StreamContract.Count => call.SendStream<int, IntCodec>(OnCount(value)),
            StreamContract.Say => call.Complete(OnSay(value)),
            _ => call.Reply<int, IntCodec>(OnSum(call.ReceiveStream<int, IntCodec>(1), call.CancellationToken)),
        };
    }
}
