using TypedSockets;

namespace Skew;

/// <summary>A contract that is smaller in the other build.</summary>
[EventContract("/shop")]
public partial interface IShopServer : IServerEvents<IShopServer, IShopClient>
{
    ValueTask<Receipt> Order(Item item);

    ValueTask<string> Describe(string what, int depth = 3);

    /// <summary>Raises an event of each kind at the caller, and says what became of it.</summary>
    ValueTask<string> Raise(string text);

    /// <summary>Only this build has it. Its name comes before the others', so that their numbers differ.</summary>
    void Advise(string what);
}

public interface IShopClient : IClientEvents
{
    void Told(string text, bool loud = true);

    /// <summary>Only this build has it.</summary>
    void Advised(string text);
}

public sealed record Item(string Name, int Count, string? Note, decimal Price = 1.5m);

public sealed record Receipt(long Id, string Text)
{
    public IReadOnlyList<string> Tags { get; init; } = ["none"];
}
