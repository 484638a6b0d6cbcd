using System.Text;
using TypedSockets.Protocol.Framing;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>Writes down what a reader finds, one line for each message.</summary>
internal sealed class RecordingReceiver : IMessageReceiver
{
    public List<string> Log { get; } = [];

    public static string Binary(ReadOnlySpan<byte> message) => $"binary {Convert.ToHexStringLower(message)}";

    public static string Text(string text) => $"text {text}";

    public void OnText(ReadOnlySpan<byte> text) => Log.Add(Text(Encoding.UTF8.GetString(text)));

    public void OnBinary(ReadOnlySpan<byte> message) => Log.Add(Binary(message));

    public void OnPing(ReadOnlySpan<byte> payload) => Log.Add($"ping {Encoding.UTF8.GetString(payload)}");

    public void OnClose(ClosePayload close) => Log.Add($"close {close.Code} {close.Text}");
}
