namespace TypedSockets.Generators.Payloads;

/// <summary>What kind of dictionary it is.</summary>
/// <param name="Walk">How it is walked when it is written.</param>
/// <param name="Result">What makes it of the <c>Dictionary</c> that was read, with <c>{0}</c> for that and <c>{1}</c> for the types of keys and values; null when it is that.</param>
/// <param name="IsSorted">Whether it compares keys by their order, by which keys may be equal that are not equal otherwise.</param>
internal sealed record MapForm(MapWalk Walk, string? Result = null, bool IsSorted = false);

/// <summary>How a dictionary is walked.</summary>
internal enum MapWalk
{
    /// <summary>It has a <c>Count</c>, and an enumerator that notices changes.</summary>
    Count,

    /// <summary>It may be any dictionary, also one that others change while it is walked.</summary>
    Changeable,

    /// <summary>Others change it at any time; a copy is walked.</summary>
    Concurrent,
}
