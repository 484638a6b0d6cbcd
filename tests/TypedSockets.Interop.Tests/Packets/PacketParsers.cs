using System.Text.Json;
using TypedSockets.Interop.Tests.Programs;
using TypedSockets.Tests.Shared.SocketIO;

namespace TypedSockets.Interop.Tests.Packets;

/// <summary>Socket.IO's own parsers, in one process for all tests of a class.</summary>
public sealed class PacketParsers : IAsyncDisposable
{
    public const string Text = "text";
    public const string MessagePack = "msgpack";

    private readonly SemaphoreSlim _turn = new(1);
    private NodeProgram? _program;

    /// <summary>What the parser makes of the messages, as <see cref="PacketVerdict"/> tells it.</summary>
    public async Task<string> DecodeAsync(string parser, IEnumerable<object> messages)
    {
        var asked = messages.Select(message => message is byte[] bytes ? (object)new { bytes = Convert.ToHexStringLower(bytes) } : new { text = (string)message });
        return (await AskAsync(new { parser, messages = asked }, "decoded")).GetProperty("told").GetString()!;
    }

    /// <summary>The messages that the parser makes of a packet.</summary>
    /// <param name="parser">Which parser.</param>
    /// <param name="packet">The packet as JSON, with its bytes as <c>{"$bytes":"hexadecimal"}</c>.</param>
    public async Task<object[]> EncodeAsync(string parser, string packet)
    {
        var encoded = await AskAsync(new { parser, packet = JsonElement.Parse(packet) }, "encoded");
        return [.. encoded.GetProperty("messages").EnumerateArray().Select(message =>
            message.TryGetProperty("text", out var text) ? text.GetString()! : (object)Convert.FromHexString(message.GetProperty("bytes").GetString()!))];
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }

        _turn.Dispose();
    }

    private async Task<JsonElement> AskAsync(object question, string answer)
    {
        NodePackages.Require();
        await _turn.WaitAsync();
        try
        {
            _program ??= NodeProgram.Start("packets.mjs");
            await _program.TellAsync(question);
            return await _program.ReadAsync(answer);
        }
        finally
        {
            _turn.Release();
        }
    }
}
