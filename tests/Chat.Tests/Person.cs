using System.Threading.Channels;
using Chat.Contracts;
using TypedSockets.Client;

namespace Chat.Tests;

/// <summary>Somebody who talks to the server over the contract, and what the server told them.</summary>
internal sealed class Person : IChatClient, IAsyncDisposable
{
    private readonly Channel<string> _heard = Channel.CreateUnbounded<string>();
    private readonly TypedSocket _socket;

    private Person(Uri server)
    {
        _socket = new TypedSocket(server.ToString());
        Chat = _socket.Open(IChatServer.Contract, this);
    }

    public IChatServer Chat { get; }

    public static async Task<Person> ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        var person = new Person(server);
        await person._socket.ConnectAsync(cancellationToken);
        return person;
    }

    /// <summary>The next thing that the server told about a room.</summary>
    public async Task<string> HearAsync(CancellationToken cancellationToken) => await _heard.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);

    public Task CloseAsync() => _socket.CloseAsync();

    public ValueTask DisposeAsync() => _socket.DisposeAsync();

    public void Said(string room, Line line) => _heard.Writer.TryWrite($"{line.Who}: {line.Text}");

    public void Typing(string room, string who) => _heard.Writer.TryWrite($"{who} is typing");

    public void Arrived(string room, string who) => _heard.Writer.TryWrite($"{who} came in");

    public void Departed(string room, string who, string why) => _heard.Writer.TryWrite($"{who} {why}");

    public void RoomsChanged(IReadOnlyList<RoomSummary> rooms)
    {
        // Other tests of the class open rooms too, so what is told here depends on them.
    }
}
