using Chat.Web;
using Chat.Web.Conversations;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using TypedSockets.Client;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");
builder.Services.AddSingleton(_ => new Conversation(new TypedSocket(builder.HostEnvironment.BaseAddress), TimeProvider.System));
await builder.Build().RunAsync();
