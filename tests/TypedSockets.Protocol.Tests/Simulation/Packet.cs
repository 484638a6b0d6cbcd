using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>What travels: an Engine.IO packet; a message carries a number, or the reason of a ts1 CLOSE.</summary>
internal readonly record struct Packet(PacketType Type, int Number = 0, DisconnectReason? Reason = null, bool IsProbe = false)
{
    public override string ToString() => Type switch
    {
        PacketType.Message when Reason is not null => $"CLOSE {Reason.Code}",
        PacketType.Message => $"#{Number}",
        _ => IsProbe ? $"{Type} probe" : $"{Type}",
    };
}
