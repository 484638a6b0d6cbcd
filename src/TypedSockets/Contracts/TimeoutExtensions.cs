using TypedSockets.Events;

namespace TypedSockets;

/// <summary>Limits how long the answers of single calls may take.</summary>
public static class TimeoutExtensions
{
    /// <summary>
    /// Returns a view of the server whose requests wait for an answer no longer than <paramref name="timeout"/>, whatever the event and the options say:
    /// <c>await chat.WithTimeout(TimeSpan.FromSeconds(2)).Join("lobby")</c>. It may be kept and used by many threads; one-way events are not touched.
    /// </summary>
    /// <param name="server">What <c>Open</c> returned.</param>
    /// <param name="timeout">A positive time of at most 24 days, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <exception cref="ArgumentException"><paramref name="server"/> is no proxy, but something that implements the contract itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of its range.</exception>
    public static TServer WithTimeout<TServer, TClient>(this IServerEvents<TServer, TClient> server, TimeSpan timeout)
        where TServer : class, IServerEvents<TServer, TClient>
        where TClient : class, IClientEvents =>
        Limit<TServer>(server, timeout, nameof(server));

    /// <summary>
    /// Returns a view of a client whose requests wait for an answer no longer than <paramref name="timeout"/>, whatever the event and the options say:
    /// <c>await Clients.Caller.WithTimeout(TimeSpan.FromMinutes(2)).Confirm("Sure?")</c>. It may be kept and used by many threads; one-way events are not touched.
    /// </summary>
    /// <param name="clients">What a member of <c>Clients</c> returned.</param>
    /// <param name="timeout">A positive time of at most 24 days, or <see cref="Timeout.InfiniteTimeSpan"/> for no limit.</param>
    /// <exception cref="ArgumentException"><paramref name="clients"/> is no proxy, but something that implements the interface itself.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of its range.</exception>
    public static TClient WithTimeout<TClient>(this TClient clients, TimeSpan timeout)
        where TClient : class, IClientEvents =>
        Limit<TClient>(clients, timeout, nameof(clients));

    private static TEvents Limit<TEvents>(object target, TimeSpan timeout, string name) where TEvents : class
    {
        ArgumentNullException.ThrowIfNull(target, name);
        if (timeout != Timeout.InfiniteTimeSpan && (timeout <= TimeSpan.Zero || timeout.TotalMilliseconds > int.MaxValue))
        {
            throw new ArgumentOutOfRangeException(nameof(timeout), timeout, $"The timeout is {timeout}; it must be positive and at most 24 days, or Timeout.InfiniteTimeSpan.");
        }

        return target is EventProxy proxy
            ? (TEvents)(object)proxy.WithSender(proxy.Sender.WithTimeout(timeout))
            : throw new ArgumentException($"'{target.GetType()}' is no proxy: it handles the events itself, so no answer is waited for.", name);
    }
}
