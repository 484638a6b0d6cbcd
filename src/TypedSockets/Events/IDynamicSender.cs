namespace TypedSockets.Events;

/// <summary>Where a <see cref="DynamicPeer"/> sends its events: one peer, or a set of them. Safe for concurrent use.</summary>
public interface IDynamicSender
{
    /// <inheritdoc cref="DynamicPeer.Emit"/>
    void Emit(string name, ReadOnlySpan<DynamicValue> arguments);

    /// <inheritdoc cref="DynamicPeer.EmitWithAck(string, ReadOnlySpan{DynamicValue}, CancellationToken)"/>
    ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken);
}
