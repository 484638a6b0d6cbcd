using Chat.Contracts;
using TypedSockets;
using TypedSockets.Client;

namespace Chat.Console;

/// <summary>One person in one room, at a terminal: what is typed is said, and what happens is printed.</summary>
internal sealed class Conversation : IAsyncDisposable
{
    private const string Quit = "/quit";
    private const string Rooms = "/rooms";

    private readonly TypedSocket _socket;
    private readonly IChatServer _server;
    private readonly Transcript _transcript;
    private readonly string _name;
    private readonly string _room;
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _over = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Conversation(Uri address, string name, string room, TextWriter output)
    {
        _name = name;
        _room = ChatRules.Normalize(room);
        _transcript = new Transcript(output);
        _socket = new TypedSocket(address.ToString());
        _server = _socket.Open(IChatServer.Contract, _transcript);
        _socket.Lifecycle.Subscribe(OnConnectionEvent);
    }

    /// <summary>Talks until the input ends, somebody types /quit, or the connection is over for good. Returns the exit code.</summary>
    public async Task<int> RunAsync(TextReader input, CancellationToken cancellationToken)
    {
        try
        {
            await await Task.WhenAny(SayAllAsync(input, cancellationToken), _over.Task);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _transcript.Note("Interrupted.");
        }
        catch (DisconnectedException exception)
        {
            _over.TrySetResult(exception.Reason.Description);
        }

        if (_over.Task.IsCompleted)
        {
            _transcript.Note(await _over.Task);
            return 1;
        }

        await _socket.CloseAsync();
        return 0;
    }

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    private async Task SayAllAsync(TextReader input, CancellationToken cancellationToken)
    {
        await _socket.ConnectAsync(cancellationToken);
        await _entered.Task.WaitAsync(cancellationToken);
        while (await input.ReadLineAsync(cancellationToken) is { } text && text.Trim() != Quit)
        {
            if (await ObeyAsync(text.Trim(), cancellationToken) is { } problem)
            {
                _transcript.Note(problem);
            }
        }
    }

    private void OnConnectionEvent(ConnectionEvent change)
    {
        _transcript.Show(change);
        switch (change)
        {
            case Connected:
                // After a lost connection the server knows nothing of the one before.
                _ = EnterAsync();
                break;
            case Disconnected { WillReconnect: false, Reason: not ClientDisconnect } disconnected:
                _over.TrySetResult(disconnected.Reason.Description);
                break;
        }
    }

    private async Task EnterAsync()
    {
        try
        {
            var reply = await _server.Join(_room, _name);
            if (reply.Joined is { } joined)
            {
                _transcript.Show(joined);
                _entered.TrySetResult();
            }
            else
            {
                _over.TrySetResult($"Not entered. {reply.Refusal?.Why}");
            }
        }
        catch (Exception exception) when (exception is NotConnectedException or DisconnectedException)
        {
            // The transcript has the reason already, and the next connection enters again.
        }
        catch (Exception exception) when (exception is RemoteException or TimeoutException)
        {
            _over.TrySetResult($"Not entered. {exception.Message}");
        }
    }

    /// <summary>Does what a line asks for. Returns why it could not be done; null when it was.</summary>
    private async ValueTask<string?> ObeyAsync(string line, CancellationToken cancellationToken)
    {
        try
        {
            switch (line)
            {
                case "":
                    return null;
                case Rooms:
                    _transcript.Show(await _server.ListRooms(cancellationToken));
                    return null;
                default:
                    return await _server.Say(_room, line, cancellationToken) is { } refusal ? $"Not said. {refusal.Why}" : null;
            }
        }
        catch (Exception exception) when (exception is NotConnectedException or DisconnectedException or RemoteException or TimeoutException)
        {
            return exception.Message;
        }
    }
}
