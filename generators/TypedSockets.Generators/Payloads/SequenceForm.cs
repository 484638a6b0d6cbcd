namespace TypedSockets.Generators.Payloads;

/// <summary>What kind of list it is.</summary>
/// <param name="Walk">How it is walked when it is written.</param>
/// <param name="Store">What holds the elements while they are read.</param>
/// <param name="Result">What makes the list of that, with <c>{0}</c> for it and <c>{1}</c> for the type of the elements; null when it is the list.</param>
/// <param name="Add">The method that adds an element, where <paramref name="Store"/> is the list itself.</param>
internal sealed record SequenceForm(SequenceWalk Walk, SequenceStore Store, string? Result = null, string Add = "Add");

/// <summary>How a list is walked.</summary>
internal enum SequenceWalk
{
    /// <summary>It has a <c>Length</c> and does not change.</summary>
    Length,

    /// <summary>An <c>ImmutableArray</c>, which has a <c>Length</c> unless nobody has given it a value.</summary>
    ImmutableArray,

    /// <summary>It has a <c>Count</c>, and an enumerator that notices changes.</summary>
    Count,

    /// <summary>A list, over the span of its elements: its enumerator looks after each element whether the list has changed.</summary>
    Span,

    /// <summary>By index, since its enumerator is an object.</summary>
    Index,

    /// <summary>It has a <c>Count</c>, but others may change it while it is walked.</summary>
    Changeable,

    /// <summary>It is counted before it is written, for which it may have to be copied.</summary>
    Enumerable,

    /// <summary>It cannot be counted without a walk, and never changes.</summary>
    Uncounted,
}

/// <summary>What holds elements while they are read.</summary>
internal enum SequenceStore
{
    Array,

    /// <summary>An array that is turned round once it is full.</summary>
    ReversedArray,

    List,

    /// <summary>The list itself, created with a capacity.</summary>
    SizedSelf,

    /// <summary>The list itself.</summary>
    Self,

    /// <summary>A <c>HashSet</c>, which a sender must not fill with elements that share a hash code; the list itself, or what becomes it.</summary>
    HashSet,
}
