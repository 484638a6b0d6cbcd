using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Transports;
using TypedSockets.Protocol.Transports.Polling;

namespace TypedSockets.Client.Transports.Polling;

/// <summary>The client's end of HTTP long-polling: the receive loop sends the GETs, and a POST runs beside it while there is something to send.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no wait handle, and is cancelled by whoever ends the transport, at any time.")]
internal sealed partial class ClientPollingTransport : PollingTransport
{
    private static readonly byte[] s_goodbye = [(byte)PacketType.Close];

    private readonly ClientPolling _polling = new();
    private readonly PollingRequests _requests;
    private readonly long _maxPostBytes;
    private readonly TypedSocketOptions _options;
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private byte[]? _first;
    private Task? _getting;
    private DisconnectReason? _fault;
    private TaskCompletionSource? _handedOn;
    private Action? _onPaused;
    private bool _isClosing;
    private bool _isHandingOn;

    // Whether a POST is on its way, with what it carries.
    private bool _isPosted;

    /// <param name="requests">Sends the session's requests.</param>
    /// <param name="first">The answer to the handshake.</param>
    /// <param name="maxPostBytes">The largest body of a POST.</param>
    /// <param name="options">The client's times and limits.</param>
    public ClientPollingTransport(PollingRequests requests, byte[] first, long maxPostBytes, TypedSocketOptions options) : base(options.MaxQueuedBytes, options.MaxQueuedPackets)
    {
        _options = options;
        _requests = requests;
        _first = first;
        _maxPostBytes = maxPostBytes;
    }

    /// <summary>From now on requests carry another token.</summary>
    public void Authenticate(string token) => _requests.Authenticate(token);

    private protected override bool IsOpenUnsynchronized => _polling.State is PollingState.Open && !_isClosing;

    // A POST that has begun and not left yet takes what is added meanwhile.
    private protected override bool IsBusyUnsynchronized => _isPosted || _polling.IsPausing;

    /// <summary>Lets the transport go quiet: what waits is still sent, what the held GET brings is handed on, and nothing new begins.</summary>
    /// <param name="onPaused">Called once it is so, unless the transport ends or goes on before.</param>
    public void PauseForUpgrade(Action onPaused)
    {
        PollingActions actions;
        lock (Gate)
        {
            _onPaused = onPaused;
            actions = ApplyUnsynchronized(_polling.Pause(HasPacketsUnsynchronized));
        }

        Report(actions);
    }

    /// <summary>Goes on after <see cref="PauseForUpgrade"/>, as if nothing had been.</summary>
    public void ResumeAfterUpgrade()
    {
        lock (Gate)
        {
            _onPaused = null;
            ApplyUnsynchronized(_polling.Resume(HasPacketsUnsynchronized));
        }
    }

    public override async Task<DisconnectReason?> ReceiveAsync(IPacketReceiver receiver)
    {
        HandOnFirst(receiver);
        await receiver.WhenReadyAsync().ConfigureAwait(false);
        lock (Gate)
        {
            ApplyUnsynchronized(_polling.Start());
        }

        while (await NextAsync(receiver).ConfigureAwait(false))
        {
            if (_getting is { IsCompleted: true } getting)
            {
                // What failed in it is a fault of ours, and ends the loop.
                await getting.ConfigureAwait(false);
                _getting = null;
            }

            StartGetIfWanted(receiver);
        }

        // A GET may still be out; what it brings is not handed on any more.
        await StopHandingOnAsync().ConfigureAwait(false);
        return _fault;
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

            if (IsOpenUnsynchronized)
            {
                QueueWaitingUnsynchronized();
                Queue.AddText(s_goodbye);
            }

            _isClosing = true;
            if (!_isHandingOn)
            {
                ApplyUnsynchronized(_polling.Close());
            }

            Signal.TrySetResult();
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

            ApplyUnsynchronized(_polling.End());
        }
    }

    public override async Task FinishAsync()
    {
        await _finished.Task.ConfigureAwait(false);
        lock (Gate)
        {
            ReleaseUnsynchronized();
        }
    }

    private protected override bool TrySupersedeUnsynchronized() => !_isClosing && _polling.Supersede();

    private protected override void OnSupersededUnsynchronized() => Signal.TrySetResult();

    private protected override void OnQueuedUnsynchronized() => ApplyUnsynchronized(_polling.Queued());

    /// <summary>Waits until there is something to do. Returns false when nothing more is received.</summary>
    private async Task<bool> NextAsync(IPacketReceiver receiver)
    {
        Task signal;
        Task? getting;
        lock (Gate)
        {
            (signal, getting) = (Signal.Task, _getting is { IsCompleted: false } ? _getting : null);
        }

        await (getting is null ? signal : Task.WhenAny(getting, signal)).ConfigureAwait(false);
        if (signal.IsCompleted)
        {
            lock (Gate)
            {
                Signal = NewSignal();
            }

            // While a GET is out it is the one that hands on; between two packets of it nothing else may run.
            if (getting is null or { IsCompleted: true })
            {
                await receiver.WhenReadyAsync().ConfigureAwait(false);
            }
        }

        lock (Gate)
        {
            return _polling.State is PollingState.Open && !_isClosing;
        }
    }

    private async Task GetAsync(IPacketReceiver receiver)
    {
        // Leaves the lock that the caller holds.
        await Task.Yield();
        try
        {
            using var response = await _requests.GetAsync(_ending.Token).ConfigureAwait(false);
            using var body = await response.Content.ReadAsStreamAsync(_ending.Token).ConfigureAwait(false);
            await HandOnAsync(PipeReader.Create(body), receiver).ConfigureAwait(false);
        }
        catch (DisconnectedException exception)
        {
            Fail(exception.Reason);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            Fail(new TransportError($"The answer of a GET broke off: {exception.Message}", exception));
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return;
        }

        PollingActions actions;
        lock (Gate)
        {
            actions = ApplyUnsynchronized(_polling.Got(HasPacketsUnsynchronized));
        }

        Report(actions);
    }

    private void StartGetIfWanted(IPacketReceiver receiver)
    {
        lock (Gate)
        {
            if (_getting is null && _polling is { IsGetting: true, State: PollingState.Open })
            {
                _getting = GetAsync(receiver);
            }
        }
    }

    private async Task PostAsync()
    {
        // Leaves the lock that the caller holds, so that what is sent in the same turn goes out together.
        await Task.Yield();
        byte[] payload;
        lock (Gate)
        {
            QueueWaitingUnsynchronized();
            payload = PollingPayload.Take(Queue, _maxPostBytes, isGoodbyeApart: true);
            _isPosted = true;
        }

        try
        {
            if (payload.Length > 0)
            {
                await _requests.PostAsync(payload, _ending.Token).ConfigureAwait(false);
            }
        }
        catch (DisconnectedException exception)
        {
            await LetGetSpeakAsync(exception.Reason).ConfigureAwait(false);
            Fail(exception.Reason);
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            return;
        }

        PollingActions actions;
        lock (Gate)
        {
            _isPosted = false;
            actions = ApplyUnsynchronized(_polling.Posted(HasPacketsUnsynchronized));
        }

        Report(actions);
    }

    // A server that has said goodbye refuses what comes later; its goodbye, which says why, is on its way in the answer of the GET.
    private async Task LetGetSpeakAsync(DisconnectReason refusal)
    {
        if (refusal is TransportError { Exception: null } && _getting is { } getting)
        {
            await getting.WaitAsync(_options.CloseTimeout, _options.TimeProvider).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Fail(DisconnectReason reason)
    {
        lock (Gate)
        {
            if (_polling.State is PollingState.Open)
            {
                _fault ??= reason;
            }

            ApplyUnsynchronized(_polling.End());
        }
    }

    private PollingActions ApplyUnsynchronized(PollingActions actions)
    {
        if (actions.HasFlag(PollingActions.StartGet))
        {
            Signal.TrySetResult();
        }

        if (actions.HasFlag(PollingActions.StartPost))
        {
            _ = PostAsync();
        }

        if (actions.HasFlag(PollingActions.Finish))
        {
            Signal.TrySetResult();
            _finished.TrySetResult();
            // Not here: what is cancelled would run under the lock.
            ThreadPool.UnsafeQueueUserWorkItem(static ending => ending.Cancel(), _ending, preferLocal: false);
        }

        return actions;
    }

    private void Report(PollingActions actions)
    {
        if (actions.HasFlag(PollingActions.ReportPaused))
        {
            _onPaused?.Invoke();
        }
    }
}
