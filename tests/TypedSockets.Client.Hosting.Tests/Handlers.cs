namespace TypedSockets.Client.Hosting.Tests;

/// <summary>A handler that calls the server itself: it counts on until it hears of three.</summary>
public sealed class CountingHandler(ITallyServer server) : ITallyClient
{
    public TaskCompletionSource HeardOfThree { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Counted(int number)
    {
        if (number == 3)
        {
            HeardOfThree.TrySetResult();
            return;
        }

        server.Count(number + 1);
    }
}

public sealed class SilentHandler : ITallyClient
{
    public void Counted(int number)
    {
    }
}

/// <summary>A handler that asks for what cannot be made before it.</summary>
public sealed class CircularHandler(TypedSocket socket) : ITallyClient
{
    public TypedSocket Socket { get; } = socket;

    public void Counted(int number)
    {
    }
}

public sealed class VaultHandler : IVaultClient;
