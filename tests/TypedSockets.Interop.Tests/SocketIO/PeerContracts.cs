namespace TypedSockets.Interop.Tests.SocketIO;

/// <summary>A contract with what Socket.IO's packets can carry, for peers of both kinds.</summary>
[EventContract("/peer")]
public partial interface IPeerServer : IServerEvents<IPeerServer, IPeerClient>
{
    ValueTask<string> Echo(string text);

    ValueTask<Parcel> Wrap(Parcel parcel);

    ValueTask<byte[]> Concat(byte[] first, byte[] second);

    ValueTask Enter(string room);

    ValueTask Throw();

    ValueTask Kick(string text);

    ValueTask<string> AskBack(string question);

    ValueTask<byte[]> AskBackBytes(byte[] bytes);

    ValueTask<string> AskBackInVain();

    ValueTask<string> Never();

    void Say(string text);

    void SayIn(string room, string text);

    void Send(Parcel parcel);

    void Move(int x, int y = 7);
}

public interface IPeerClient : IClientEvents
{
    void Said(string text);

    void Sent(Parcel parcel);

    void Moved(int x, int y);

    ValueTask<string> Answer(string question);

    ValueTask<byte[]> Reverse(byte[] bytes);

    ValueTask<string> Ignore(string question);
}

/// <summary>Another contract on the same connection, in the namespace that every Socket.IO client knows.</summary>
[EventContract("/")]
public partial interface IRootServer : IServerEvents<IRootServer, IRootClient>
{
    ValueTask<int> Add(int left, int right);

    ValueTask Leave();
}

public interface IRootClient : IClientEvents
{
    void Noted(string text);
}

public sealed record Parcel(string Name, int Count, byte[] Content, IReadOnlyList<string> Tags, Parcel? Inner);
