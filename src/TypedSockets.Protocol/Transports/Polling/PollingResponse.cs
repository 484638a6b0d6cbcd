namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>What a GET is answered with.</summary>
/// <param name="Answer">What kind of answer it is.</param>
/// <param name="Payload">The packets, where they are the answer.</param>
internal readonly record struct PollingResponse(PollingAnswer Answer, ReadOnlyMemory<byte> Payload)
{
    private static readonly byte[] s_noop = "6"u8.ToArray();
    private static readonly byte[] s_close = "1"u8.ToArray();

    public static PollingResponse Of(PollingAnswer answer, PacketQueue packets) => answer switch
    {
        PollingAnswer.Packets => new PollingResponse(answer, PollingPayload.Take(packets, long.MaxValue)),
        PollingAnswer.Noop => new PollingResponse(answer, s_noop),
        PollingAnswer.Close => new PollingResponse(answer, s_close),
        _ => new PollingResponse(answer, default),
    };
}
