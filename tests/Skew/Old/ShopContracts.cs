using TypedSockets;

namespace Skew;

/// <summary>A contract that has grown in the other build, as contracts may.</summary>
[EventContract("/shop")]
public partial interface IShopServer : IServerEvents<IShopServer, IShopClient>
{
    ValueTask<Receipt> Order(Item item);

    ValueTask<string> Describe(string what);

    /// <summary>Raises an event of each kind at the caller, and says what became of it.</summary>
    ValueTask<string> Raise(string text);

    /// <summary>Only this build has it.</summary>
    void Retire(string why);
}

public interface IShopClient : IClientEvents
{
    void Told(string text);

    /// <summary>Only this build has it.</summary>
    void Announced(string text);
}

public sealed record Item(string Name, int Count);

public sealed record Receipt(long Id, string Text);
