using TypedSockets.Protocol.Transports;

namespace TypedSockets.Conformance.Tests.WebSocket;

/// <summary>Sends every message back as it came, and closes when it is asked to.</summary>
internal sealed class TransportEcho(PacketTransport transport) : IPacketReceiver
{
    public const string Farewell = "farewell";

    public async Task<DisconnectReason?> RunAsync()
    {
        var reason = await transport.ReceiveAsync(this);
        await transport.FinishAsync();
        return reason;
    }

    public void OnText(ReadOnlySpan<byte> packet)
    {
        if (packet.SequenceEqual("close"u8))
        {
            transport.Close(1001, Farewell);
            return;
        }

        Assert.True(transport.TrySendMessage(packet, isBinary: false));
    }

    public void OnBinary(ReadOnlySpan<byte> message) => Assert.True(transport.TrySendMessage(message, isBinary: true));

    public void OnViolation(DisconnectReason reason, int closeCode) => transport.Close(closeCode, reason.Description);

    public ValueTask WhenReadyAsync() => default;
}
