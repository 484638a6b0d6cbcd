using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>What has come to the hubs of a server, and what they wait for.</summary>
public sealed class Booth
{
    public ConcurrentQueue<string> Said { get; } = new();

    public ConcurrentQueue<EventRefused> Refused { get; } = new();

    public Func<ValueTask> OnConnectedAsync { get; set; } = () => default;

    public Func<ValueTask> OnRefusedAsync { get; set; } = () => default;
}

public class BoothHub(Booth booth, PlayLog log) : Hub<IBoothClient>, IBoothServer, IDynamicEventHandler, IDisposable
{
    public void Say(string text) => booth.Said.Enqueue(text);

    public ValueTask Knock() => throw new EventRefusedException(RemoteFault.Forbidden, "Nobody is in.");

    public ValueTask OnAny(DynamicEvent dynamicEvent)
    {
        ArgumentNullException.ThrowIfNull(dynamicEvent);
        booth.Said.Enqueue(dynamicEvent.Name);
        return default;
    }

    public override ValueTask OnConnected(Connected connected) => booth.OnConnectedAsync();

    public override ValueTask OnEventRefused(EventRefused refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        booth.Refused.Enqueue(refused);
        log.Add($"booth refused {booth.Refused.Count}");
        return booth.OnRefusedAsync();
    }

    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        ArgumentNullException.ThrowIfNull(reason);
        log.Add($"booth disconnected {reason.Code}");
        return default;
    }

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        log.Add("booth disposed");
    }
}

[Authorize(Policy = Held)]
public sealed class HeldBoothHub(Booth booth, PlayLog log) : BoothHub(booth, log)
{
    /// <summary>The policy of whoever connects.</summary>
    public const string Held = "held";
}
