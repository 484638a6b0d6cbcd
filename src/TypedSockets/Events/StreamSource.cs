namespace TypedSockets.Events;

/// <summary>What this end streams to a peer: the result of a handler, or an argument of a call. Immutable; safe for concurrent use as far as the sequence below is.</summary>
public abstract class StreamSource
{
    private protected StreamSource()
    {
    }

    /// <summary>Wraps a sequence, which is not enumerated before the peer asks for items.</summary>
    /// <typeparam name="TItem">The type of its items.</typeparam>
    /// <typeparam name="TCodec">How an item is written.</typeparam>
    public static StreamSource Of<TItem, TCodec>(IAsyncEnumerable<TItem> items) where TCodec : struct, IPayloadCodec<TItem>
    {
        ArgumentNullException.ThrowIfNull(items);
        return new StreamSource<TItem, TCodec>(items);
    }

    /// <summary>Begins to enumerate.</summary>
    /// <param name="cancellationToken">Cancelled when the peer wants no more, or cannot be reached any more.</param>
    public abstract StreamItems Open(CancellationToken cancellationToken);
}

/// <inheritdoc/>
internal sealed class StreamSource<TItem, TCodec>(IAsyncEnumerable<TItem> items) : StreamSource
    where TCodec : struct, IPayloadCodec<TItem>
{
    public override StreamItems Open(CancellationToken cancellationToken) => new StreamItems<TItem, TCodec>(items.GetAsyncEnumerator(cancellationToken));
}
