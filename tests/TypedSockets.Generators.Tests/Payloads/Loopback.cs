using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>Sends what a proxy sends straight to a dispatcher, as bytes, and brings the answer back, as bytes.</summary>
internal sealed class Loopback(EventDispatcher dispatcher) : EventSender
{
    private const uint AckId = 7;

    /// <summary>The arguments of the last event.</summary>
    public byte[] Arguments { get; private set; } = [];

    /// <summary>The last answer; null when it was an acknowledgement without a value.</summary>
    public byte[]? Answer { get; private set; }

    public override void Send<TArguments>(int eventId, in TArguments arguments)
    {
        Arguments = Encode(arguments);
        var dispatched = Deliver(eventId, Arguments, new EventCall(new Replies(CancellationToken.None), eventId, null));
        Assert.True(dispatched.IsCompletedSuccessfully);
    }

    public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        new(RequestAnswer(eventId, Encode(arguments), cancellationToken));

    public override ValueTask<TResult> Request<TArguments, TResult, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken) =>
        RequestResult<TResult, TCodec>(eventId, Encode(arguments), cancellationToken);

    /// <summary>Dispatches an event of which only the bytes are given.</summary>
    public Task Deliver(int eventId, byte[] arguments, EventCall call)
    {
        var reader = new MessagePackReader(arguments, PayloadLimits.Default);
        return dispatcher.Dispatch(eventId, ref reader, call).AsTask();
    }

    private static byte[] Encode<TArguments>(in TArguments arguments) where TArguments : struct, IPayload
    {
        using var buffer = PayloadBuffer.Rent();
        var writer = new MessagePackWriter(buffer);
        arguments.Write(ref writer);
        writer.Flush();
        return buffer.Written.ToArray();
    }

    private async ValueTask<TResult> RequestResult<TResult, TCodec>(int eventId, byte[] arguments, CancellationToken cancellationToken) where TCodec : struct, IPayloadCodec<TResult>
    {
        await RequestAnswer(eventId, arguments, cancellationToken);
        return Decode();

        TResult Decode()
        {
            var reader = new MessagePackReader(Answer, PayloadLimits.Default);
            var result = TCodec.Read(ref reader);
            reader.Complete();
            return result;
        }
    }

    private async Task RequestAnswer(int eventId, byte[] arguments, CancellationToken cancellationToken)
    {
        Arguments = arguments;
        var replies = new Replies(cancellationToken);
        await Deliver(eventId, arguments, new EventCall(replies, eventId, AckId));
        Assert.True(replies.IsAnswered);
        Answer = replies.Answer;
    }

    /// <summary>Keeps one answer.</summary>
    public sealed class Replies(CancellationToken cancellationToken) : EventReplies
    {
        public bool IsAnswered { get; private set; }

        public byte[]? Answer { get; private set; }

        public override void Reply<TResult, TCodec>(uint ackId, TResult result)
        {
            using var buffer = PayloadBuffer.Rent();
            var writer = new MessagePackWriter(buffer);
            TCodec.Write(ref writer, result);
            writer.Flush();
            Finish(ackId, buffer.Written.ToArray());
        }

        public override void Acknowledge(uint ackId) => Finish(ackId, null);

        public override void Fault(int eventId, uint? ackId, Exception exception) => throw new InvalidOperationException("The handler failed.", exception);

        public override void Fault<TFault, TCodec>(uint ackId, string name, TFault value) => throw new InvalidOperationException($"The handler ended with the fault '{name}'.");

        public override CancellationToken GetCancellationToken(uint? ackId) => cancellationToken;

        private void Finish(uint ackId, byte[]? answer)
        {
            Assert.Equal(AckId, ackId);
            Assert.False(IsAnswered);
            IsAnswered = true;
            Answer = answer;
        }
    }
}
