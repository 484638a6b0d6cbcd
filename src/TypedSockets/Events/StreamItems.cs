using TypedSockets.Formats;

namespace TypedSockets.Events;

/// <summary>One enumeration of a <see cref="StreamSource"/>. Not safe for concurrent use; whoever opened it disposes it.</summary>
public abstract class StreamItems : IAsyncDisposable
{
    private protected StreamItems()
    {
    }

    /// <summary>Moves to the next item. Returns false when there is none.</summary>
    public abstract ValueTask<bool> MoveNextAsync();

    /// <summary>Writes the current item as MessagePack.</summary>
    public abstract void WriteCurrent(PayloadBuffer target);

    /// <inheritdoc/>
    public abstract ValueTask DisposeAsync();
}

/// <inheritdoc/>
internal sealed class StreamItems<TItem, TCodec>(IAsyncEnumerator<TItem> items) : StreamItems
    where TCodec : struct, IPayloadCodec<TItem>
{
    public override ValueTask<bool> MoveNextAsync() => items.MoveNextAsync();

    public override void WriteCurrent(PayloadBuffer target)
    {
        var writer = new MessagePackWriter(target);
        TCodec.Write(ref writer, items.Current);
        writer.Flush();
    }

    public override ValueTask DisposeAsync() => items.DisposeAsync();
}
