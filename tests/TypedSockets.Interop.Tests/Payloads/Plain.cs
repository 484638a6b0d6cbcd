namespace TypedSockets.Interop.Tests.Payloads;

/// <summary>A value as the MessagePack specification knows it, without its encoding.</summary>
internal abstract record Plain;

internal sealed record PlainNil : Plain;

internal sealed record PlainBoolean(bool Value) : Plain;

internal sealed record PlainInteger(Int128 Value) : Plain;

internal sealed record PlainFloat(double Value, bool IsSingle) : Plain;

internal sealed record PlainString(string Value) : Plain;

internal sealed record PlainBinary(byte[] Value) : Plain;

internal sealed record PlainArray(IReadOnlyList<Plain> Elements) : Plain;

internal sealed record PlainMap(IReadOnlyList<(Plain Key, Plain Value)> Entries) : Plain;

internal sealed record PlainTimestamp(long Seconds, long Nanoseconds) : Plain;
