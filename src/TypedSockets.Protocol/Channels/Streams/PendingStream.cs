using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Codecs.Ts1;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Protocol.Channels.Streams;

/// <summary>A request that is answered with a stream: the answer itself is the end of it.</summary>
internal sealed class PendingStream<TItem, TCodec> : PendingRequest, IStreamingRequest, IIncomingStreamOwner
    where TCodec : struct, IPayloadCodec<TItem>
{
    private readonly EventChannel _channel;
    private readonly ObservedRequest? _observed;
    private readonly Lock _sending = new();
    private bool _isOver;

    public PendingStream(EventChannel channel, ContractShape contract, EventShape @event, AnswerTimeout timeout, StreamSource[] sources, ObservedRequest? observed)
        : base(channel.GetPending(), contract, @event, timeout)
    {
        _channel = channel;
        _observed = observed;
        Arguments = new ArgumentStreams(channel, sources, this, observed?.Activity);
        Items = new IncomingStream<TItem, TCodec>(this, ResultStream.Result, channel.StreamOptions, channel.PayloadLimits);
    }

    public IncomingStream<TItem, TCodec> Items { get; }

    public ArgumentStreams Arguments { get; }

    IncomingStream IStreamingRequest.Result => Items;

    public void SendCredit(int stream, uint items, uint bytes)
    {
        // Under the lock that the end takes: once the number is free, nothing about its last use may follow.
        lock (_sending)
        {
            if (!_isOver)
            {
                using var buffer = PayloadBuffer.Rent();
                _channel.TrySend(Ts1Writer.WriteStreamCredit(buffer, _channel.Numbers.NamespaceNumber, AckId, stream, items, bytes));
            }
        }
    }

    public void GiveUp(int stream, OperationCanceledException? why) => Abandon(why ?? new OperationCanceledException());

    /// <exception cref="PayloadException">The answer is a value.</exception>
    protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits)
    {
        if (!payload.Bytes.IsEmpty)
        {
            throw new PayloadException("A value came where a stream was to end.");
        }

        End(null);
    }

    protected override void SetException(Exception exception) => End(exception);

    private void End(Exception? why)
    {
        _observed?.End(why);
        // Cancelled from here, the reader gets nothing more; all else it sees behind the items that came.
        if (why is OperationCanceledException)
        {
            Items.TryAbort(why);
        }
        else
        {
            Items.End(why);
        }

        lock (_sending)
        {
            _isOver = true;
        }

        Arguments.End();
    }
}
