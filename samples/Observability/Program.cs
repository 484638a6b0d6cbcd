using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Observability;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using TypedSockets;
using TypedSockets.Client;
using TypedSockets.Server;

// Both ends in one program, so that one exporter shows the whole: a trace that goes from the client through the hub, back to the client and out to everybody, and what both ends measured.
var builder = WebApplication.CreateBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Critical);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Services.AddTypedSockets().AddHub(IShopServer.Contract.HandledBy<ShopHub>());
builder.Services.AddHealthChecks().AddTypedSockets();
builder.Services.AddOpenTelemetry()
    .WithMetrics(metrics => metrics.AddMeter("TypedSockets").AddConsoleExporter())
    .WithTracing(tracing => tracing.AddSource("TypedSockets").AddConsoleExporter());

await using var app = builder.Build();
app.MapTypedSockets();
app.MapHealthChecks("/health");
await app.StartAsync();

var customer = new Customer();
await using var socket = new TypedSocket(app.Urls.Single(), new TypedSocketOptions { MeterFactory = app.Services.GetRequiredService<IMeterFactory>() });
var shop = socket.Open(IShopServer.Contract, customer);
await socket.ConnectAsync();

Console.WriteLine("== One order: four activities of one trace, and one more for each customer who hears of it.");
await shop.Order("umbrella");
await customer.Delivered;

Console.WriteLine("== One that fails: both ends say how, each as it sees it.");
try
{
    await shop.Order("hat");
}
catch (RemoteException exception)
{
    Console.WriteLine(exception.Message);
}

var health = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
Console.WriteLine($"== Health: {health.Status}, {health.Entries["typedsockets"].Description}");

app.Services.GetRequiredService<TracerProvider>().ForceFlush();
Console.WriteLine("== What was measured.");
app.Services.GetRequiredService<MeterProvider>().ForceFlush();
await socket.CloseAsync();
await app.StopAsync();
