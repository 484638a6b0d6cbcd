using Chat;
using Chat.Contracts;
using Chat.Rooms;
using Microsoft.AspNetCore.StaticFiles;
using TypedSockets.Server;

// The Blazor client lies beside this assembly, wherever it is started from.
var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
if (builder.Configuration["urls"] is null)
{
    builder.WebHost.UseUrls("http://localhost:5080");
}

builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddSingleton<ChatStore>();
builder.Services.AddTypedSockets().AddHub(IChatServer.Contract.HandledBy<ChatHub>());

var app = builder.Build();
app.UseDefaultFiles();
app.UseStaticFiles(new StaticFileOptions
{
    // The .NET assemblies that run in the browser; a server does not hand out its own kind by itself.
    ContentTypeProvider = new FileExtensionContentTypeProvider { Mappings = { [".dll"] = "application/octet-stream" } },
});
app.MapTypedSockets();

await app.StartAsync();
foreach (var address in app.Urls)
{
    Console.WriteLine($"The chat is open: {address}");
    Console.WriteLine($"Plain JavaScript: {address}/js");
    Console.WriteLine($"From a terminal:  dotnet run --project samples/Chat.Console -- {address} <name> <room>");
}

await app.WaitForShutdownAsync();
