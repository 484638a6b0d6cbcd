using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using TypedSockets.Server;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>What a hub inherits.</summary>
public abstract class GuardedHub : Hub<ICellarClient>
{
    [Authorize(Roles = "nobody")]
    public virtual ValueTask<string> Peek() => new("nothing");
}

[Authorize(Policy = CellarHub.Guest)]
public sealed class CellarHub(PlayLog log) : GuardedHub, ICellarServer
{
    /// <summary>The policy of whoever connects, which says in the log whom it has seen.</summary>
    public const string Guest = "guest";

    /// <summary>The policy of who opens the red door, which looks at the arguments.</summary>
    public const string Red = "red";

    public ValueTask<string> Look() => new($"{Connection.User.FindFirstValue(ClaimTypes.NameIdentifier)} {Connection.User.FindFirstValue(ClaimTypes.Role)}");

    [Authorize(Roles = "keeper")]
    public ValueTask<string> Open(int door) => new($"door {door}");

    [Authorize(Policy = Red)]
    ValueTask<string> ICellarServer.Open(string door) => new($"{door} door");

    [AllowAnonymous]
    public override ValueTask<string> Peek() => new("a little");

    [Authorize(Roles = "keeper")]
    public void Ring(string text) => Clients.All.Rang(text);

    [Authorize(Roles = "clerk")]
    ValueTask<string> ICellarEvents.Count(string what) => new($"7 {what}");

    public ValueTask<string> Lock(int door) => new($"door {door} is locked");

    [Authorize(Roles = "keeper")]
    public ValueTask<string> Unlock(int door) => new($"door {door} is open");

    public override ValueTask OnConnected(Connected connected)
    {
        log.Add($"cellar {Connection.UserId} connected");
        return default;
    }

    public override ValueTask OnEventRefused(EventRefused refused)
    {
        log.Add($"cellar {refused.Event} {refused.Fault}");
        return default;
    }

    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        log.Disconnected(Connection.Id, reason);
        return default;
    }
}
