using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TypedSockets;
using TypedSockets.Client;
using TypedSockets.Integration.Tests;
using TypedSockets.Server;

// One end in a process of its own, for tests that kill or freeze it. It writes one line when it is ready, and lives until it is killed or its input ends:
//   PeerHost server <heartbeat in ms>           writes the address it listens on
//   PeerHost client <address> <transport> ...   connects over these transports; writes the id of the connection, once it has moved to the last of them
switch (args)
{
    case ["server", var heartbeat]:
        await ServeAsync(TimeSpan.FromMilliseconds(int.Parse(heartbeat, CultureInfo.InvariantCulture)));
        return 0;
    case ["client", var address, .. var transports] when transports.Length > 0:
        await ConnectAsync(address, [.. transports.Select(Enum.Parse<TransportKind>)]);
        return 0;
    default:
        await Console.Error.WriteLineAsync("PeerHost server <heartbeat in ms> | client <address> <transport> ...");
        return 1;
}

static async Task ServeAsync(TimeSpan heartbeat)
{
    var builder = WebApplication.CreateSlimBuilder();
    builder.Logging.ClearProviders();
    builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
    builder.Services.AddSingleton<PlayLog>();
    builder.Services.AddTypedSockets(options => (options.HeartbeatInterval, options.HeartbeatTimeout) = (heartbeat, heartbeat)).AddHub(IPlayServer.Contract.HandledBy<PlayHub>());
    await using var app = builder.Build();
    app.MapTypedSockets();
    await app.StartAsync();
    await ReadyAsync(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
}

static async Task ConnectAsync(string address, TransportKind[] transports)
{
    await using var peer = new PlayPeer(address, new TypedSocketOptions { Transports = transports });
    await peer.Socket.ConnectAsync();
    if (transports.Length > 1)
    {
        await peer.NextAsync<Upgraded>();
    }

    await ReadyAsync(await peer.Server.WhoAmI());
}

static async Task ReadyAsync(string line)
{
    Console.WriteLine(line);
    await Console.In.ReadToEndAsync();
}
