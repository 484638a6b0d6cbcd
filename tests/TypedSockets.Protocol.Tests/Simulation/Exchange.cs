namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>One HTTP request on its way, as the server sees it.</summary>
/// <param name="life">The life.</param>
/// <param name="number">What the client calls it.</param>
/// <param name="packets">The body of a POST; null for a GET.</param>
/// <param name="onAnswer">Takes the answer to the client, if it gets there.</param>
internal sealed class Exchange(Life life, long number, IReadOnlyList<Packet>? packets, Action<Answer> onAnswer)
{
    public long Number => number;

    public IReadOnlyList<Packet>? Packets => packets;

    /// <summary>The body breaks off on its way.</summary>
    public bool LosesBody { get; init; }

    /// <summary>The answer does not get back to whoever sent this copy of the request.</summary>
    public bool LosesAnswer { get; init; }

    /// <summary>Whether the server notices that the answer could not be written.</summary>
    public bool NoticesLoss { get; init; }

    /// <summary>What happens where the request is answered when its connection breaks.</summary>
    public Action? OnAborted { get; set; }

    public bool IsAnswered { get; private set; }

    public bool IsBroken { get; private set; }

    public void Respond(Answer answer, Action? onLost = null)
    {
        Rule.Require(!IsAnswered, "A request is answered once.");
        IsAnswered = true;
        OnAborted = null;
        life.Trace($"server answers {this} with {answer}");
        if (IsBroken || LosesAnswer)
        {
            life.Trace($"  which is lost");
            if (NoticesLoss && onLost is not null)
            {
                life.After(life.Delay(), onLost);
            }

            return;
        }

        life.After(life.Delay(), () =>
        {
            if (!IsBroken)
            {
                onAnswer(answer);
            }
        });
    }

    /// <summary>The connection breaks; the client has been told, or never will be.</summary>
    public void Break(bool isNoticed)
    {
        IsBroken = true;
        if (isNoticed)
        {
            life.After(life.Delay(), () => OnAborted?.Invoke());
        }
    }

    public override string ToString() => packets is null ? $"GET {number}" : $"POST {number}";
}
