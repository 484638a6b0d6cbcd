using System.Buffers.Binary;
using System.Text;

namespace TypedSockets.Interop.Tests.Transcripts.Steps;

/// <summary>Begins a WebSocket. Where it is refused, what the case does with it is left out.</summary>
internal sealed record Dial(string Name, HttpRequest Request) : Step
{
    public override async Task PlayAsync(Scene scene)
    {
        await scene.SendAsync(Name, Request);
        await new Answer(Name).PlayAsync(scene);
        if (!scene.Observations.Contains(new Observation($"{Name} status", "101")))
        {
            scene.Refuse(Name);
        }
    }
}

/// <summary>Opens a session on a WebSocket named 'ws', which goes without saying.</summary>
internal sealed record OpenWebSocket(string Query = "EIO=4&transport=websocket") : Step
{
    public override async Task PlayAsync(Scene scene)
    {
        var peer = await scene.SendAsync("ws", HttpRequest.WebSocket.Asking(Query));
        Assert.Equal(101, (await peer.ReadResponseAsync("GET")).Status);
        scene.Sid = OpenPacket.ReadSid(Encoding.UTF8.GetString((await peer.ReadFrameAsync()).Payload));
    }
}

/// <summary>Sends bytes as they are: frames, right or wrong.</summary>
internal sealed record Send(string Name, params byte[][] Frames) : Step
{
    public override Task PlayAsync(Scene scene)
    {
        if (scene.Find(Name) is not { } peer)
        {
            return Task.CompletedTask;
        }

        scene.HasSaidGoodbye |= Frames.Any(frame => frame[0] == 0x88);
        return peer.SendAsync([.. Frames.SelectMany(frame => frame)]);
    }
}

/// <summary>Reads frames.</summary>
internal sealed record Receive(string Name, int Count = 1) : Step
{
    public override async Task PlayAsync(Scene scene)
    {
        for (var number = 0; number < Count; number++)
        {
            if (!await ReceiveAsync(scene))
            {
                return;
            }
        }
    }

    /// <summary>Reads one frame; answers a close frame, and tells whether the connection goes on.</summary>
    public async Task<bool> ReceiveAsync(Scene scene)
    {
        if (scene.Find(Name) is not { } peer)
        {
            return false;
        }

        try
        {
            var frame = await peer.ReadFrameAsync();
            if (OpenPacket.ReadSid(Encoding.UTF8.GetString(frame.Payload)) is { } sid)
            {
                scene.Sid = sid;
            }

            scene.Observe(Name, Describe(frame));
            if (frame.Opcode != 0x8)
            {
                return true;
            }

            // RFC 6455 §5.5.1: a close frame is answered with one, unless one was sent before.
            if (!scene.HasSaidGoodbye)
            {
                await peer.SendFrameAsync(0x8, frame.Payload);
            }

            scene.HasSaidGoodbye = false;
            // RFC 6455 §7.1.1: the server ends the connection first.
            await peer.WaitForCutAsync();
            await peer.DisposeAsync();
        }
        catch (IOException)
        {
            scene.Observe(Name, "cut");
        }

        return false;
    }

    private static string Describe(RawFrame frame) => frame.Opcode switch
    {
        0x1 => $"text {Printable.Of(Encoding.UTF8.GetString(frame.Payload))}",
        0x2 => $"binary {Printable.Of(frame.Payload)}",
        // RFC 6455 §7.1.5: a close frame without a code is 1005 for whoever receives it.
        0x8 => $"close {(frame.Payload.Length < 2 ? 1005 : BinaryPrimitives.ReadUInt16BigEndian(frame.Payload))}",
        0xa => $"pong {Printable.Of(frame.Payload)}",
        _ => $"opcode {frame.Opcode} {Printable.Of(frame.Payload)}",
    };
}

/// <summary>Reads up to the end of a connection.</summary>
internal sealed record End(string Name) : Step
{
    public override async Task PlayAsync(Scene scene)
    {
        var receive = new Receive(Name);
        while (await receive.ReceiveAsync(scene))
        {
        }
    }
}
