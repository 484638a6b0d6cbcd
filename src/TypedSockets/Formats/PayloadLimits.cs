namespace TypedSockets.Formats;

/// <summary>How deep and how long a payload may be. Its size in bytes is limited where messages are received.</summary>
public sealed record PayloadLimits
{
    internal const int GreatestDepth = 512;

    /// <summary>The limits where nothing else is said.</summary>
    public static PayloadLimits Default { get; } = new();

    /// <summary>How deep objects, lists and maps may be nested. Default 64; 1 to 512, because readers recurse.</summary>
    public int MaxDepth
    {
        get;
        init => field = value is >= 1 and <= GreatestDepth ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxDepth is from 1 to 512.");
    } = 64;

    /// <summary>How many elements a list, or entries a map, may have. Default 65,536; at least 1. Whatever it is, a count is also checked against the bytes that are left.</summary>
    public int MaxCollectionLength
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "MaxCollectionLength is at least 1.");
    } = 65_536;
}
