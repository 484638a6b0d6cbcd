using Chat.Contracts;
using TypedSockets;

namespace Chat.Console;

/// <summary>Prints what happens in a room, and to the connection.</summary>
internal sealed class Transcript(TextWriter output) : IChatClient
{
    public void Said(string room, Line line) => Print(line);

    public void Typing(string room, string who)
    {
        // A terminal has no line that comes and goes.
    }

    public void Arrived(string room, string who) => Note($"{who} came in.");

    public void Departed(string room, string who, string why) => Note($"{who} {why}.");

    public void RoomsChanged(IReadOnlyList<RoomSummary> rooms)
    {
        // Shown when somebody asks, with /rooms.
    }

    public void Show(Joined joined)
    {
        Note($"#{joined.Room}: {string.Join(", ", joined.Members)}");
        foreach (var line in joined.History)
        {
            Print(line);
        }
    }

    public void Show(IReadOnlyList<RoomSummary> rooms)
    {
        foreach (var room in rooms)
        {
            Note($"#{room.Name}, {room.People} {(room.People == 1 ? "person" : "people")}");
        }
    }

    public void Show(ConnectionEvent change) => Note(change switch
    {
        Connecting { Delay.Ticks: 0 } => "Connecting…",
        Connecting next => $"Trying again in {next.Delay.TotalSeconds:0.0} s (try {next.Attempt}).",
        Connected connected => $"Connected over {connected.Transport} as {connected.ConnectionId}. Type to speak, /rooms to see who is where, /quit to leave.",
        HeartbeatLate late => $"Nothing heard for {late.Silence.TotalSeconds:0.0} s.",
        Disconnected disconnected => $"Disconnected. {disconnected.Reason.Description}",
        var other => other.ToString(),
    });

    public void Note(string text) => output.WriteLine($"* {text}");

    private void Print(Line line) => output.WriteLine($"[{line.At.LocalDateTime:HH:mm}] {line.Who}: {line.Text}");
}
