namespace TypedSockets.Generators.Tests.Compilation;

/// <summary>Contracts that several tests compile.</summary>
internal static class Sources
{
    public const string Chat = """
        namespace Chat;

        [EventContract("/chat")]
        public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
        {
            ValueTask<Joined> Join(string room, string name, CancellationToken cancellationToken = default);
            ValueTask Leave(string room);
            void Say(string room, string text);
            void Typing(string room);
        }

        public interface IChatClient : IClientEvents
        {
            void Said(Line line);
            void Typing(string room, string who);
            ValueTask<bool> Confirm(string question, CancellationToken cancellationToken = default);
        }

        public sealed record Joined(string Room, IReadOnlyList<string> Members, IReadOnlyList<Line> History);

        public sealed record Line(long Id, string Room, string Who, string Text, DateTimeOffset At);
        """;

    public const string Game = """
        namespace Game;

        [EventContract("/game")]
        public partial interface IGameServer : IServerEvents<IGameServer, IGameClient>
        {
            void Move(int x, int y);
        }

        public interface IGameClient : IClientEvents
        {
            void Moved(string who, int x, int y);
        }
        """;
}
