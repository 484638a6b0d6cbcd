using Chat.Web;
using Chat.Web.Conversations;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.AspNetCore.Components.WebAssembly.Hosting;
using TypedSockets;
using TypedSockets.Client;

var builder = WebAssemblyHostBuilder.CreateDefault(args);
builder.RootComponents.Add<App>("#app");
builder.RootComponents.Add<HeadOutlet>("head::after");
builder.Services.AddSingleton(services => new Conversation(new TypedSocket(builder.HostEnvironment.BaseAddress, Options(services)), TimeProvider.System));
await builder.Build().RunAsync();

// With ?transports=Polling,WebSocket in the page's address the transports and their order can be tried.
static TypedSocketOptions Options(IServiceProvider services)
{
    const string Parameter = "?transports=";
    var query = new Uri(services.GetRequiredService<NavigationManager>().Uri).Query;
    return query.StartsWith(Parameter, StringComparison.Ordinal)
        ? new TypedSocketOptions { Transports = [.. query[Parameter.Length..].Split(',').Select(Enum.Parse<TransportKind>)] }
        : new TypedSocketOptions();
}
