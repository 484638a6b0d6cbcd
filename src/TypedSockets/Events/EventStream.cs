namespace TypedSockets.Events;

/// <summary>What an event streams back. Immutable: each enumeration is a call of its own, and nothing is sent before its first item is asked for.</summary>
/// <param name="sender">Sends the event.</param>
/// <param name="eventId">Its compiled id.</param>
/// <param name="arguments">Its arguments.</param>
/// <param name="streams">What it takes as streams.</param>
/// <param name="cancellationToken">The token that the event was called with; an enumeration may have one of its own beside it.</param>
internal sealed class EventStream<TArguments, TItem, TCodec>(EventSender sender, int eventId, TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) : IAsyncEnumerable<TItem>
    where TArguments : struct, IPayload
    where TCodec : struct, IPayloadCodec<TItem>
{
    private readonly TArguments _arguments = arguments;

    public IAsyncEnumerator<TItem> GetAsyncEnumerator(CancellationToken cancellationToken = default) => new Enumerator(this, cancellationToken);

    private IAsyncEnumerator<TItem> Open(CancellationToken either) => sender.OpenStream<TArguments, TItem, TCodec>(eventId, _arguments, streams, either);

    private CancellationTokenSource? Link(CancellationToken own) =>
        own.CanBeCanceled && cancellationToken.CanBeCanceled && own != cancellationToken ? CancellationTokenSource.CreateLinkedTokenSource(own, cancellationToken) : null;

    private CancellationToken Choose(CancellationToken own) => own.CanBeCanceled ? own : cancellationToken;

    private sealed class Enumerator(EventStream<TArguments, TItem, TCodec> stream, CancellationToken own) : IAsyncEnumerator<TItem>
    {
        private IAsyncEnumerator<TItem>? _items;
        private CancellationTokenSource? _linked;
        private bool _isStarted;

        public TItem Current => _items is { } items ? items.Current : throw new InvalidOperationException("The enumeration has no current item: MoveNextAsync comes first.");

        public ValueTask<bool> MoveNextAsync() => _items is { } items ? items.MoveNextAsync() : StartAsync();

        public ValueTask DisposeAsync()
        {
            _isStarted = true;
            _linked?.Dispose();
            return _items?.DisposeAsync() ?? default;
        }

        // What keeps the event from being sent is thrown here, where the enumeration begins.
        private ValueTask<bool> StartAsync()
        {
            if (_isStarted)
            {
                return new ValueTask<bool>(false);
            }

            _isStarted = true;
            _linked = stream.Link(own);
            _items = stream.Open(_linked?.Token ?? stream.Choose(own));
            return _items.MoveNextAsync();
        }
    }
}
