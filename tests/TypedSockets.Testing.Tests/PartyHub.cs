using TypedSockets.Server;

namespace TypedSockets.Testing.Tests;

public sealed class PartyHub(GuestBook book) : Hub<IPartyClient>, IPartyServer, IAuthenticateClients<Invitation>
{
    private string _guest = "";

    public ValueTask<ConnectRefusal?> OnConnecting(Invitation? auth, CancellationToken cancellationToken)
    {
        _guest = auth?.Guest ?? "nobody";
        return new(_guest == "gatecrasher" ? new ConnectRefusal("You are not invited.") : null);
    }

    public ValueTask<string> WhoAmI() => new($"{_guest} {Connection.UserId} {Connection.RemoteAddress} {Connection.Transport}");

    public ValueTask<int> Add(int left, int right) => new(left + right);

    public void Note(int number) => book.Entries.Enqueue($"{_guest} {number}");

    public async ValueTask<string> AskMeBack(string question) => await Clients.Caller.Answer(question);

    public async ValueTask WaitForever(CancellationToken cancellationToken)
    {
        book.Waiting.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            book.Cancelled.TrySetResult();
        }
    }

    public async ValueTask<string> Finish()
    {
        book.Waiting.TrySetResult();
        await book.Finishing.Task;
        return "finished";
    }

    public ValueTask Throw(string message) => throw new InvalidOperationException(message);

    public void Play(int points)
    {
        Clients.All.Hint(points);
        Clients.All.Score(points);
    }

    public void Shout(string text) => Clients.All.Heard(text);

    public ValueTask Leave(string text)
    {
        Connection.Disconnect(text);
        return default;
    }
}
