using System.Text;

namespace TypedSockets.Tests.Shared.SocketIO;

/// <summary>What arrives, and what our reader makes of it.</summary>
/// <param name="Id">What the case is called.</param>
/// <param name="Ours">What our reader makes of it, as <see cref="PacketVerdict"/> tells it.</param>
/// <param name="Messages">A text for a text message, an array of bytes for a binary one.</param>
internal sealed record PacketCase(string Id, string Ours, params object[] Messages)
{
    public override string ToString() => $"{Id}: {string.Join(" ", Messages.Select(message => message as string ?? Convert.ToHexStringLower((byte[])message)))}";

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
