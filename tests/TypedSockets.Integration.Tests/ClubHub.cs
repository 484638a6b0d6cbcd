using TypedSockets.Server;

namespace TypedSockets.Integration.Tests;

public sealed class ClubHub(PlayLog log) : Hub<IClubClient>, IClubServer
{
    private readonly List<string> _notes = [];

    public override ValueTask OnDisconnected(DisconnectReason reason)
    {
        log.Add("club left");
        return default;
    }

    public async ValueTask<int> Enter(string club)
    {
        await Task.Yield();
        return club switch
        {
            "closed" => throw new FaultException<NotAMember>(new NotAMember(club, [1, 2, 3])),
            "full" => throw new FaultException<ClubFull>(new ClubFull(7)),
            "broken" => throw new FaultException<string>("secret"),
            _ => club.Length,
        };
    }

    public ValueTask Undeclared() => throw new FaultException<NotAMember>(new NotAMember("secret", []));

    public ValueTask<bool> Hurry(CancellationToken cancellationToken) => Linger("hurry", cancellationToken);

    public ValueTask<bool> Linger(CancellationToken cancellationToken) => Linger("linger", cancellationToken);

    public async ValueTask<string> Dive(int depth, CancellationToken cancellationToken)
    {
        log.Add($"server {depth}");
        try
        {
            return depth == 0 ? "s" : "s" + await Clients.Caller.Dive(depth - 1, cancellationToken);
        }
        catch (Exception exception) when (exception is OperationCanceledException or DisconnectedException)
        {
            log.Add($"server {depth} {exception.GetType().Name}");
            throw;
        }
    }

    public void Note(string text) => _notes.Add(text);

    public ValueTask<string> Notes() => new(string.Join(' ', _notes));

    public async ValueTask<int> Beside(int number)
    {
        log.Add($"beside {number}");
        await log.WaitForAsync("open");
        return number;
    }

    public async ValueTask<string> Edit(int revision, string document)
    {
        log.Add($"edits {document}{revision}");
        await log.WaitForAsync($"save {document}{revision}");
        return document + revision;
    }

    private async ValueTask<bool> Linger(string what, CancellationToken cancellationToken)
    {
        log.Add(what);
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            log.Add($"{what} cancelled");
        }

        return true;
    }
}
