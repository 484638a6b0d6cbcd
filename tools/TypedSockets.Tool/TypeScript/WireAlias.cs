namespace TypedSockets.Tool.TypeScript;

/// <summary>A name for strings, numbers or bytes, for what a bare <c>string</c> does not say. It is declared in the files that need it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">What it stands for.</param>
/// <param name="Documentation">What TypeScript does not check.</param>
internal sealed record WireAlias(string Name, string Type, params string[] Documentation)
{
    private const string Exact = "Exact up to 2^53 - 1 (`Number.MAX_SAFE_INTEGER`): beyond it JavaScript rounds what it reads.";

    public static WireAlias Int64 { get; } = new("Int64", "number", "An integer of 64 bits.", Exact);

    public static WireAlias UInt64 { get; } = new("UInt64", "number", "An unsigned integer of 64 bits.", Exact);

    public static WireAlias Int128 { get; } = new("Int128", "string", "The digits of an integer of 128 bits; `BigInt(value)` reads them.");

    public static WireAlias UInt128 { get; } = new("UInt128", "string", "The digits of an unsigned integer of 128 bits; `BigInt(value)` reads them.");

    public static WireAlias BigInteger { get; } = new("BigInteger", "string", "The digits of an integer of any size; `BigInt(value)` reads them.");

    public static WireAlias Decimal { get; } = new("Decimal", "number", "A decimal number. .NET has 28 digits of it, JavaScript rounds to about 15 when it reads it.");

    public static WireAlias Guid { get; } = new("Guid", "string", "A GUID: `0f8fad5b-d9cb-469f-a165-70867728950e`.");

    public static WireAlias DateTime { get; } =
        new("DateTime", "string", "A point in time in UTC, ISO 8601: `2026-11-22T21:07:01.5Z`. `new Date(value)` reads it, `date.toISOString()` writes it.");

    public static WireAlias DateTimeOffset { get; } = new(
        "DateTimeOffset",
        "string",
        "A point in time with its offset from UTC, ISO 8601: `2026-11-22T22:07:01.5+01:00`. `new Date(value)` reads it, `date.toISOString()` writes it.");

    public static WireAlias DateOnly { get; } = new("DateOnly", "string", "A date: `2026-11-22`.");

    public static WireAlias TimeOnly { get; } = new("TimeOnly", "string", "A time of day: `21:07:01`, with up to seven digits of a second's fraction.");

    public static WireAlias TimeSpan { get; } = new("TimeSpan", "string", "A duration: `[-][days.]hh:mm:ss[.fraction]`, such as `1.02:03:04.5`.");

    public static WireAlias Bytes { get; } = new(
        "Bytes",
        "ArrayBuffer | Uint8Array",
        "Bytes. Either type may be sent. What arrives is an `ArrayBuffer` in a browser, and a `Buffer`, which is a `Uint8Array`, in Node:",
        "`value instanceof ArrayBuffer ? new Uint8Array(value) : value` has it as a `Uint8Array` everywhere.");

    public static IReadOnlyList<WireAlias> All { get; } =
        [Int64, UInt64, Int128, UInt128, BigInteger, Decimal, Guid, DateTime, DateTimeOffset, DateOnly, TimeOnly, TimeSpan, Bytes];
}
