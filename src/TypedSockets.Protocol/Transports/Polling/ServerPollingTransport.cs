using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Packets;

namespace TypedSockets.Protocol.Transports.Polling;

/// <summary>
/// The server's end of HTTP long-polling: requests come in through <see cref="GetAsync"/>, <see cref="Post"/> and <see cref="HandOnAsync"/>, from as many threads as they like, and
/// what they bring is handed on by the one receive loop.
/// </summary>
/// <param name="maxQueuedBytes">How many bytes may wait for the next GET.</param>
/// <param name="maxQueuedPackets">How many packets may wait for the next GET.</param>
internal sealed class ServerPollingTransport(long maxQueuedBytes, int maxQueuedPackets = int.MaxValue) : PollingTransport(maxQueuedBytes, maxQueuedPackets)
{
    private static readonly byte[] s_goodbye = [(byte)PacketType.Close];

    private readonly ServerPolling _polling = new();
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource? _heldGet;
    private TaskCompletionSource? _handedOn;
    private TaskCompletionSource<PollingAnswer>? _answered;
    private Action? _cutRunning;
    private Memory<byte>? _body;
    private bool _isClosing;
    private bool _isReceived;

    private protected override bool IsOpenUnsynchronized => _polling.State is PollingState.Open && !_isClosing;

    private protected override bool IsBusyUnsynchronized => !_polling.IsGetHeld && !_polling.IsGetAwake;

    /// <summary>Answers a GET, at once or when there is something to answer with.</summary>
    /// <param name="number">The number of the GET, where the client counts them.</param>
    /// <param name="aborted">The connection of the GET broke.</param>
    public async Task<PollingResponse> GetAsync(long? number, CancellationToken aborted)
    {
        Task woken;
        lock (Gate)
        {
            QueueWaitingUnsynchronized();
            var answer = _polling.Get(number, !Queue.IsEmpty);
            if (answer is not PollingAnswer.Hold)
            {
                var response = PollingResponse.Of(answer, Queue);
                UpdateUnsynchronized();
                return response;
            }

            _heldGet = NewSignal();
            woken = _heldGet.Task;
        }

        // What the GET is answered with is looked up when it runs again, not when it is woken: a burst of packets leaves together, and whatever happened meanwhile counts.
        using (aborted.UnsafeRegister(static transport => ((ServerPollingTransport)transport!).AbortGet(), this))
        {
            await woken.ConfigureAwait(false);
        }

        lock (Gate)
        {
            QueueWaitingUnsynchronized();
            var response = PollingResponse.Of(_polling.Fetch(!Queue.IsEmpty), Queue);
            UpdateUnsynchronized();
            return response;
        }
    }

    /// <summary>The answer of a GET could not be written: what it carried is lost, and so is the session.</summary>
    public void LoseGet() => Fail(polling => polling.Fail("The connection of a GET closed while it was answered."));

    /// <summary>A POST arrived. With <see cref="PollingAnswer.Take"/> its body is to be read and given to <see cref="HandOnAsync"/>, or else one of the methods below is to be called.</summary>
    /// <param name="number">The number of the POST, where the client counts them.</param>
    /// <param name="cut">Cuts the POST's connection; called when the session is lost while its body is read.</param>
    public PollingAnswer Post(long? number, Action cut)
    {
        Action? cutOther;
        PollingAnswer answer;
        lock (Gate)
        {
            answer = _polling.Post(number);
            cutOther = answer is PollingAnswer.Overlap ? _cutRunning : null;
            if (answer is PollingAnswer.Take)
            {
                _handedOn = NewSignal();
                _answered = new TaskCompletionSource<PollingAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
                _cutRunning = cut;
            }

            UpdateUnsynchronized();
        }

        cutOther?.Invoke();
        return answer;
    }

    /// <summary>Waits for the answer of the POST that is being handed on.</summary>
    public Task<PollingAnswer> JoinAsync()
    {
        lock (Gate)
        {
            return _answered?.Task ?? Task.FromResult(PollingAnswer.Ok);
        }
    }

    /// <summary>Hands the body of the POST on; completes when its packets have been handled, whatever happens meanwhile: until then the body is read.</summary>
    public async Task<PollingAnswer> HandOnAsync(Memory<byte> body)
    {
        Task handedOn;
        lock (Gate)
        {
            if (_isReceived)
            {
                return EndPostUnsynchronized(_polling.Posted(isHandedOn: false));
            }

            _cutRunning = null;
            _body = body;
            handedOn = _handedOn!.Task;
            UpdateUnsynchronized();
        }

        await handedOn.ConfigureAwait(false);
        lock (Gate)
        {
            var isHandedOn = _body is null;
            _body = null;
            return EndPostUnsynchronized(_polling.Posted(isHandedOn));
        }
    }

    /// <summary>The body of the POST is larger than may be. The session stays.</summary>
    public PollingAnswer RefusePost()
    {
        lock (Gate)
        {
            return EndPostUnsynchronized(_polling.PostRefused());
        }
    }

    /// <summary>The connection of the POST broke before its body was whole.</summary>
    public void AbortPost() => Fail(polling => EndPostUnsynchronized(polling.PostFailed("The connection of a POST closed before its body was whole.")));

    /// <summary>The POST is not what one may be.</summary>
    public void InvalidatePost(string what) => Fail(polling => EndPostUnsynchronized(polling.PostFailed(what, Initiator.Local)));

    /// <summary>Lets a held GET go with a noop, so that the client can leave for another transport.</summary>
    public void ReleaseGet()
    {
        lock (Gate)
        {
            WakeGetUnsynchronized();
        }
    }

    public override async Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver)
    {
        try
        {
            while (await HandOnNextAsync(receiver).ConfigureAwait(false))
            {
            }

            return _polling.Fault;
        }
        finally
        {
            // Also when the receiver failed: the POST waits for it.
            lock (Gate)
            {
                _isReceived = true;
                _handedOn?.TrySetResult();
            }
        }
    }

    public override void Close(int closeCode, string? text)
    {
        lock (Gate)
        {
            if (Successor is { } successor)
            {
                successor.Close(closeCode, text);
                return;
            }

            QueueWaitingUnsynchronized();
            if (IsOpenUnsynchronized && Queue.IsEmpty && !_polling.IsGetHeld && closeCode is not (CloseCode.Normal or CloseCode.GoingAway))
            {
                // A peer that broke a rule, and that there is nothing to say to: its session is gone for whatever it asks next.
                _polling.Abort();
            }
            else if (IsOpenUnsynchronized)
            {
                Queue.AddText(s_goodbye);
                _polling.Close();
            }

            _isClosing = true;
            WakeGetUnsynchronized();
            UpdateUnsynchronized();
        }
    }

    public override void Abort()
    {
        lock (Gate)
        {
            if (Successor is { } successor)
            {
                successor.Abort();
                return;
            }

            _polling.Abort();
            WakeGetUnsynchronized();
            UpdateUnsynchronized();
        }
    }

    public override async Task FinishAsync()
    {
        // A goodbye waits for the GET that fetches it; whoever drives the session aborts it in time.
        await _closed.Task.ConfigureAwait(false);
        lock (Gate)
        {
            ReleaseUnsynchronized();
        }
    }

    private protected override bool TrySupersedeUnsynchronized() => !_isClosing && _polling.Supersede();

    private protected override void OnSupersededUnsynchronized()
    {
        WakeGetUnsynchronized();
        Signal.TrySetResult();
    }

    private protected override void OnQueuedUnsynchronized() => WakeGetUnsynchronized();

    /// <summary>Waits for a POST or for something else to look at. Returns false when nothing more is received.</summary>
    private async Task<bool> HandOnNextAsync(IPacketReceiver receiver)
    {
        await NextAsync().ConfigureAwait(false);
        Memory<byte>? body;
        TaskCompletionSource? handedOn;
        lock (Gate)
        {
            (body, _body, handedOn) = (_body, null, _handedOn);
        }

        if (body is { } bytes)
        {
            HandOn(bytes.Span, receiver);
        }

        await receiver.WhenReadyAsync().ConfigureAwait(false);
        if (body is not null)
        {
            handedOn!.TrySetResult();
        }

        lock (Gate)
        {
            // What came meanwhile and will not be looked at is answered by whoever brought it.
            _isReceived = _polling.State is not PollingState.Open || _isClosing;
            return !_isReceived;
        }
    }

    private void HandOn(Span<byte> payload, IPacketReceiver receiver)
    {
        try
        {
            do
            {
                var packet = PollingPayload.Read(ref payload, out var isBinary);
                if (!isBinary && packet.SequenceEqual(s_goodbye))
                {
                    TakeGoodbye();
                }

                if (isBinary)
                {
                    receiver.OnBinary(packet);
                }
                else
                {
                    receiver.OnText(packet);
                }
            }
            while (!payload.IsEmpty);
        }
        catch (PacketException exception)
        {
            receiver.OnViolation(exception.Reason, CloseCode.ProtocolError);
        }
    }

    // Before it is handed on, so that the end that follows finds that the peer needs no goodbye of ours.
    private void TakeGoodbye()
    {
        lock (Gate)
        {
            _polling.PeerClosed();
            WakeGetUnsynchronized();
        }
    }

    private async Task NextAsync()
    {
        Task signal;
        lock (Gate)
        {
            signal = Signal.Task;
        }

        await signal.ConfigureAwait(false);
        lock (Gate)
        {
            Signal = NewSignal();
        }
    }

    private void AbortGet() => Fail(polling => polling.GetAborted());

    private void Fail(Action<ServerPolling> input)
    {
        lock (Gate)
        {
            input(_polling);
            WakeGetUnsynchronized();
            UpdateUnsynchronized();
        }
    }

    private PollingAnswer EndPostUnsynchronized(PollingAnswer answer)
    {
        _answered?.TrySetResult(answer);
        (_handedOn, _answered, _cutRunning) = (null, null, null);
        return answer;
    }

    private void WakeGetUnsynchronized()
    {
        if (_polling.Wake())
        {
            _heldGet!.TrySetResult();
            _heldGet = null;
        }
    }

    /// <summary>Lets the receive loop see what has changed, and whoever waits for the end, the end.</summary>
    private void UpdateUnsynchronized()
    {
        if (_body is not null || _isClosing || _polling.State is not PollingState.Open)
        {
            Signal.TrySetResult();
        }

        if (_polling.State is PollingState.Closed)
        {
            WakeGetUnsynchronized();
            _closed.TrySetResult();
        }
    }
}
