namespace TypedSockets.Protocol.Tests.Polling;

/// <summary>Ends a test that would hang; how long it takes says nothing.</summary>
internal static class Patience
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    public static Task InTime(this Task task) => task.WaitAsync(s_limit);

    public static Task<T> InTime<T>(this Task<T> task) => task.WaitAsync(s_limit);
}
