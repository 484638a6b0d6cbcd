using TypedSockets;

namespace Chat;

/// <summary>Says in words that continue a person's name why the person is gone.</summary>
internal static class Farewell
{
    public const string LeftRoom = "left the room";

    public static string For(DisconnectReason reason) => reason switch
    {
        ClientDisconnect => "said goodbye",
        // RFC 6455 §7.4.1, 1001 "going away": what a browser sends when its page is closed or left.
        TransportClose { CloseCode: 1001 } => "closed the tab",
        PingTimeout timeout => $"fell silent for {timeout.Silence.TotalSeconds:0} s",
        _ => $"lost the connection ({reason.Description.TrimEnd('.')})",
    };
}
