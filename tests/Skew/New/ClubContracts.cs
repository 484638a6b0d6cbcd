using TypedSockets;

namespace Skew;

/// <summary>A contract whose clients say who they are.</summary>
[EventContract("/club", Auth = typeof(Card))]
public partial interface IClubServer : IServerEvents<IClubServer, IClubClient>
{
    ValueTask<string> WhoAmI();

    /// <summary>Only this build has it.</summary>
    void Wave();
}

public interface IClubClient : IClientEvents;

public sealed record Card(string Name);
