using System.Runtime.CompilerServices;
using TypedSockets.Events;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server;

/// <summary>Asks many clients at once.</summary>
public static class AskExtensions
{
    /// <summary>
    /// Asks every client that is meant, and yields what each answers, in the order in which the answers come: <c>Clients.Room("lobby").Ask(client => client.Confirm("Ready?"))</c>. The
    /// question is encoded once, as a broadcast is. Each client that was there yields one <see cref="Answer{TResult}"/>, whatever becomes of it, so the sequence ends with the last answer
    /// or with the request timeout. Breaking out of it, or cancelling, tells those who have not answered that nobody waits any more.
    /// </summary>
    /// <remarks>The clients are asked when the sequence is enumerated, and again each time that it is.</remarks>
    /// <typeparam name="TClient">The events that clients handle.</typeparam>
    /// <typeparam name="TResult">What the event returns.</typeparam>
    /// <param name="clients">Who is asked: what <see cref="HubTargets{TClient}"/> returns for several clients.</param>
    /// <param name="question">Calls the event, once, and returns what it returns, which here is not yet an answer.</param>
    /// <param name="cancellationToken">Ends the sequence with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="clients"/> is not what several clients are sent to through.</exception>
    /// <exception cref="PayloadTooLargeException">The encoded event exceeds what clients accept. Thrown by the enumeration.</exception>
    [OverloadResolutionPriority(1)]
    public static IAsyncEnumerable<Answer<TResult>> Ask<TClient, TResult>(this TClient clients, Func<TClient, ValueTask<TResult>> question, CancellationToken cancellationToken = default)
        where TClient : class, IClientEvents
    {
        ArgumentNullException.ThrowIfNull(question);
        var (proxy, broadcast) = Targets(clients);
        return AskAsync(proxy, broadcast, question, cancellationToken);
    }

    /// <inheritdoc cref="Ask{TClient, TResult}(TClient, Func{TClient, ValueTask{TResult}}, CancellationToken)"/>
    public static IAsyncEnumerable<Answer<TResult>> Ask<TClient, TResult>(this TClient clients, Func<TClient, Task<TResult>> question, CancellationToken cancellationToken = default)
        where TClient : class, IClientEvents
    {
        ArgumentNullException.ThrowIfNull(question);
        return clients.Ask(client => new ValueTask<TResult>(question(client)), cancellationToken);
    }

    private static async IAsyncEnumerable<Answer<TResult>> AskAsync<TClient, TResult>(
        EventProxy proxy, BroadcastSender broadcast, Func<TClient, ValueTask<TResult>> question, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TClient : class, IClientEvents
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var asked = new Question<TResult>(broadcast);
        await question((TClient)(object)proxy.WithSender(asked.Sender));
        await foreach (var answer in asked.Answers.ReadAllAsync(cancellationToken))
        {
            yield return answer;
        }
    }

    private static (EventProxy Proxy, BroadcastSender Broadcast) Targets(IClientEvents clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        return clients is EventProxy { Sender: BroadcastSender broadcast } proxy
            ? (proxy, broadcast)
            : throw new ArgumentException("The target is not several clients of a hub; ask one client by awaiting the event, and several through All, Room, User and the like.", nameof(clients));
    }
}
