namespace TypedSockets;

/// <summary>What sends events without a contract. Safe for concurrent use.</summary>
internal interface IDynamicSender
{
    void Emit(string name, ReadOnlySpan<DynamicValue> arguments);

    ValueTask<DynamicArguments> EmitWithAck(string name, ReadOnlySpan<DynamicValue> arguments, CancellationToken cancellationToken);
}
