using Microsoft.AspNetCore.Authorization;
using TypedSockets.Server;

namespace TypedSockets.Interop.Tests.Access;

[Authorize]
public sealed class VaultHub : Hub<IVaultClient>, IVaultServer
{
    public ValueTask<string> WhoAmI() => new(Connection.UserId!);

    [Authorize(Roles = "keeper")]
    public ValueTask<string> Open(int door) => new($"door {door}");

    [HubFilter<NoLinks>]
    public ValueTask<string> Write(string text) => new($"wrote {text}");

    [Authorize(Roles = "keeper")]
    public void Ring(string text) => throw new InvalidOperationException("Nobody here is a keeper.");

    public override ValueTask OnEventRefused(EventRefused refused)
    {
        ArgumentNullException.ThrowIfNull(refused);
        Clients.Caller.Refused($"{refused.Event} {refused.Fault}");
        return default;
    }
}
