namespace TypedSockets.Protocol.Connections;

/// <summary>An upgrade that is under way.</summary>
internal interface IUpgrade
{
    /// <summary>The session has ended; there is nothing left to move. Runs on any thread.</summary>
    void OnSessionEnded();
}
