using Microsoft.AspNetCore.Authorization;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>A contract whose hub says who may do what.</summary>
[EventContract("/cellar")]
public partial interface ICellarServer : IServerEvents<ICellarServer, ICellarClient>, ICellarEvents
{
    ValueTask<string> Look();

    ValueTask<string> Open(int door);

    [Event("open-by-name")]
    ValueTask<string> Open(string door);

    ValueTask<string> Peek();

    void Ring(string text);
}

/// <summary>Events that another contract could have too.</summary>
public interface ICellarEvents
{
    ValueTask<string> Count(string what);

    [Authorize(Roles = "keeper")]
    ValueTask<string> Lock(int door);

    [AllowAnonymous]
    [Authorize(Roles = "nobody")]
    ValueTask<string> Unlock(int door);
}

public interface ICellarClient : IClientEvents
{
    void Rang(string text);
}
