namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>What lies between the ends. A WebSocket is ordered in itself; nothing else is.</summary>
internal sealed class Network(Life life, bool isFaulty)
{
    private const double RequestFault = 0.02;
    private const double GetRepetition = 0.005;
    private const double PostRepetition = 0.08;

    private readonly List<(Exchange Exchange, Action<Answer> Fail)> _open = [];
    private readonly List<WebSocketLink> _links = [];
    private bool _isDead;
    private bool _isDeathSilent;

    /// <summary>Whether connections break that a session needs.</summary>
    public bool IsFaulty => isFaulty;

    /// <summary>Sends a request; the answer comes at most once.</summary>
    public void Send(long number, IReadOnlyList<Packet>? packets, Action<Exchange> onArrival, Action<Answer> onAnswer)
    {
        var isAnswered = false;
        void AnswerOnce(Answer answer)
        {
            if (!isAnswered)
            {
                isAnswered = true;
                onAnswer(answer);
            }
        }

        if (_isDead)
        {
            FailUnlessSilent(AnswerOnce, _isDeathSilent);
            return;
        }

        var exchange = new Exchange(life, number, packets, AnswerOnce);
        if (isFaulty && life.Chance(RequestFault))
        {
            exchange = SpoilRequest(exchange, AnswerOnce);
        }
        else if (packets is null ? isFaulty && number > 0 && life.Chance(GetRepetition) : life.Chance(PostRepetition))
        {
            exchange = Repeat(exchange, onArrival, AnswerOnce);
        }

        if (exchange is not null)
        {
            Travel(exchange, onArrival, AnswerOnce);
        }
    }

    public WebSocketLink Dial(Action<WebSocketLink> onArrival, Action<WebSocketLink> onOpen, Action onFailed)
    {
        var link = new WebSocketLink(life);
        if (_isDead)
        {
            FailUnlessSilent(_ => onFailed(), _isDeathSilent);
            return link;
        }

        _links.Add(link);
        var fate = life.Next(20);
        if (fate == 0)
        {
            life.Reach(LifePath.UpgradeRefused);
            life.After(life.Delay(), onFailed);
        }
        else if (fate == 1)
        {
            life.Reach(LifePath.UpgradeSwallowed);
        }
        else
        {
            life.After(life.Delay(), () =>
            {
                if (!_isDead)
                {
                    onArrival(link);
                    life.After(life.Delay(), () => onOpen(link));
                }
            });
            if (fate is 2 or 3 or 4)
            {
                life.After(life.Within(TimeSpan.FromMilliseconds(600)), link.BreakUnlessUsed);
            }
            else if (isFaulty && fate is 5)
            {
                life.After(life.Within(TimeSpan.FromSeconds(40)), link.BreakAnyway);
            }
        }

        return link;
    }

    /// <summary>Nothing gets through any more: noticed at once, or never.</summary>
    public void Die(bool isSilent)
    {
        (_isDead, _isDeathSilent) = (true, isSilent);
        foreach (var link in _links)
        {
            link.Break(isSilent);
        }

        foreach (var (exchange, fail) in _open)
        {
            if (!exchange.IsBroken)
            {
                exchange.Break(isNoticed: !isSilent);
                FailUnlessSilent(fail, isSilent);
            }
        }
    }

    private void Travel(Exchange exchange, Action<Exchange> onArrival, Action<Answer> onAnswer)
    {
        _open.Add((exchange, onAnswer));
        life.After(life.Delay(), () =>
        {
            if (!exchange.IsBroken)
            {
                life.Trace($"{exchange} arrives");
                onArrival(exchange);
            }
        });
    }

    private void FailUnlessSilent(Action<Answer> fail, bool isSilent)
    {
        if (!isSilent)
        {
            life.After(life.Delay(), () => fail(Answer.Failed));
        }
    }

    /// <summary>A connection that a session needs breaks. Returns what arrives all the same; null for nothing.</summary>
    private Exchange? SpoilRequest(Exchange request, Action<Answer> onAnswer)
    {
        life.Hurt($"the connection of {request}");
        switch (life.Next(5))
        {
            case 0:
                life.Reach(LifePath.RequestLost);
                FailUnlessSilent(onAnswer, isSilent: false);
                return null;
            case 1:
                life.Reach(LifePath.RequestSwallowed);
                return life.Chance(0.5) ? null : new Exchange(life, request.Number, request.Packets, onAnswer) { LosesAnswer = true };
            case 2:
                life.Reach(LifePath.AnswerLost);
                var isNoticed = life.Chance(0.5);
                FailUnlessSilent(onAnswer, isSilent: false);
                return new Exchange(life, request.Number, request.Packets, onAnswer) { LosesAnswer = true, NoticesLoss = isNoticed };
            case 3 when request.Packets is not null:
                life.Reach(LifePath.BodyLost);
                FailUnlessSilent(onAnswer, isSilent: false);
                return new Exchange(life, request.Number, request.Packets, onAnswer) { LosesBody = true, LosesAnswer = true };
            default:
                life.Reach(LifePath.ConnectionCut);
                life.After(life.Within(TimeSpan.FromSeconds(2)), () =>
                {
                    request.Break(isNoticed: life.Chance(0.8));
                    FailUnlessSilent(onAnswer, isSilent: false);
                });
                return request;
        }
    }

    /// <summary>Something in between sends a request twice: the first copy's answer is lost there, or it is the second copy that nobody waits for.</summary>
    private Exchange Repeat(Exchange request, Action<Exchange> onArrival, Action<Answer> onAnswer)
    {
        var isFirstLost = life.Chance(0.5);
        if (request.Packets is null)
        {
            // Nobody sends a GET again that has been answered.
            life.Reach(LifePath.GetRepeated);
            life.Hurt($"{request} is sent twice");
            isFirstLost = true;
        }
        else
        {
            life.Reach(LifePath.PostRepeated);
        }

        life.Trace($"{request} is on its way twice");
        life.After(isFirstLost ? life.Delay() : life.Within(TimeSpan.FromSeconds(3)), () =>
            Travel(new Exchange(life, request.Number, request.Packets, onAnswer) { LosesAnswer = !isFirstLost }, onArrival, onAnswer));
        return isFirstLost ? new Exchange(life, request.Number, request.Packets, onAnswer) { LosesAnswer = true } : request;
    }
}
