using System.Collections.Concurrent;

namespace TypedSockets.Testing.Tests;

/// <summary>A client that takes everything.</summary>
internal sealed class Guest : IPartyClient
{
    /// <summary>What it was told, in order.</summary>
    public ConcurrentQueue<string> Told { get; } = [];

    public void Heard(string text) => Told.Enqueue(text);

    public void Score(int points) => Told.Enqueue($"score {points}");

    public void Hint(int number) => Told.Enqueue($"hint {number}");

    public Func<string, ValueTask<string>> OnAnswer { get; set; } = question => new(question + "!");

    public ValueTask<string> Answer(string question) => OnAnswer(question);
}
