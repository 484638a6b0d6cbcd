using Microsoft.AspNetCore.Authorization;
using TypedSockets.Server;

namespace ConformanceHost.Guard;

public sealed class GuardHub : Hub<IGuardClient>, IGuardServer
{
    [HubFilter<Loud>]
    public ValueTask<string> Call(string name) => new(name);

    [Authorize]
    ValueTask<string> IGuardServer.Open(string door, CancellationToken cancellationToken) => new(door);
}
