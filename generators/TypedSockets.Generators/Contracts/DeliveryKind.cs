namespace TypedSockets.Generators.Contracts;

/// <summary>What becomes of an event while the other end reads too slowly: the values of the runtime's <c>Delivery</c>.</summary>
internal enum DeliveryKind
{
    /// <summary>It waits its turn.</summary>
    Reliable,

    /// <summary>A newer one replaces it.</summary>
    Latest,

    /// <summary>It is dropped.</summary>
    Droppable,
}
