using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace TypedSockets.Conformance.Tests.Engine;

/// <summary>What a client of bytes sends and finds, in the words of Engine.IO.</summary>
internal static class RawAnswers
{
    public const int TransportUnknown = 0;
    public const int SessionUnknown = 1;
    public const int BadRequest = 3;

    private const byte Text = 0x1;
    private const byte Close = 0x8;

    public static Task SendTextAsync(this RawPeer peer, string packet) => peer.SendFrameAsync(Text, Encoding.UTF8.GetBytes(packet));

    /// <summary>Reads a packet, which must come as text.</summary>
    public static async Task<string> ReadTextAsync(this RawPeer peer)
    {
        var frame = await peer.ReadFrameAsync();
        Assert.True(frame.Opcode == Text, $"Opcode {frame.Opcode}: {Encoding.UTF8.GetString(frame.Payload)}");
        return Encoding.UTF8.GetString(frame.Payload);
    }

    /// <summary>Sends a message and reads the same next.</summary>
    public static async Task AssertEchoAsync(this RawPeer peer, string message)
    {
        await peer.SendTextAsync("4" + message);
        Assert.Equal("4" + message, await peer.ReadTextAsync());
    }

    /// <summary>Reads a close frame, which must come next, and answers it. Returns its code.</summary>
    public static async Task<int> ReadCloseAsync(this RawPeer peer)
    {
        var frame = await peer.ReadFrameAsync();
        Assert.True(frame.Opcode == Close, $"Opcode {frame.Opcode}: {Encoding.UTF8.GetString(frame.Payload)}");
        await peer.SendFrameAsync(Close, frame.Payload[..2]);
        return BinaryPrimitives.ReadUInt16BigEndian(frame.Payload);
    }

    /// <summary>Checks that a request was answered with packets.</summary>
    public static void AssertBody(this RawResponse response, string body) => Assert.Equal((200, body), (response.Status, response.Body));

    /// <summary>Checks that a request was refused with an Engine.IO error.</summary>
    public static void AssertRefused(this RawResponse response, int code, int status = 400)
    {
        Assert.True(response.Status == status, $"{response.Status} {response.Body}");
        Assert.Equal(code, response.ReadCode());
    }

    /// <summary>The code of an Engine.IO error.</summary>
    public static int ReadCode(this RawResponse response)
    {
        using var error = JsonDocument.Parse(response.Body);
        return error.RootElement.GetProperty("code").GetInt32();
    }
}
