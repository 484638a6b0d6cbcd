using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Server;

namespace TypedSockets.Testing.Tests;

/// <summary>A host with the hub of these tests.</summary>
internal static class Party
{
    public static TypedSocketsTestHost Create(Action<TypedSocketServerOptions>? configure = null) => TypedSocketsTestHost.Create(services =>
        services.AddSingleton<GuestBook>().AddTypedSockets(configure).AddHub(IPartyServer.Contract.HandledBy<PartyHub>()));

    public static GuestBook Book(this TypedSocketsTestHost host) => host.Services.GetRequiredService<GuestBook>();

    public static Task<TestClient<IPartyServer>> ConnectAsync(this TypedSocketsTestHost host, string guest, TestClientOptions? options = null) =>
        host.ConnectAsync(IPartyServer.Contract, new Guest(), new Invitation(guest), options);
}
