using Chat.Console;

if (args is not [var server, var name, ..] || args.Length > 3 || !Uri.TryCreate(server, UriKind.Absolute, out var address))
{
    Console.Error.WriteLine("Usage: Chat.Console <server, such as http://localhost:5080> <name> [room]");
    return 2;
}

using var interrupted = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    interrupted.Cancel();
};

await using var conversation = new Conversation(address, name, args.Length > 2 ? args[2] : "lobby", Console.Out);
return await conversation.RunAsync(new StreamReader(Console.OpenStandardInput()), interrupted.Token);
