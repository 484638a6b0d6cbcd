namespace TypedSockets.Protocol.Codecs;

/// <summary>What the ends call their codecs in the handshake.</summary>
internal static class CodecNames
{
    public const string Ts1 = "ts1";
}
