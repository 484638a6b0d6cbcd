using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Heartbeat;
using TypedSockets.Testing;

namespace TypedSockets.Protocol.Tests.Channels;

public sealed class PendingRequestsTests : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly ManualTime _time = new();
    private readonly TimingWheel _wheel;
    private readonly List<uint> _cancelled = [];
    private readonly PendingRequests _pending;

    public PendingRequestsTests()
    {
        _wheel = new TimingWheel(_time, TimeSpan.FromMilliseconds(100));
        _pending = new PendingRequests(_wheel, 3, ackId =>
        {
            _cancelled.Add(ackId);
            OnCancel(ackId);
        });
    }

    private Action<uint> OnCancel { get; set; } = _ => { };

    public void Dispose() => _wheel.Dispose();

    [Fact]
    public async Task Answer_CompletesTheRequest_AndFreesItsNumber()
    {
        var first = Add();
        var second = Add();
        Assert.Equal((0u, 1u), (first.AckId, second.AckId));
        _pending.TryTake(0)!.Complete(new PayloadBytes(EventCodec.Ts1, [5]), PayloadLimits.Default);
        Assert.Equal(5, await first.Task);
        Assert.Equal(0u, Add().AckId);
        Assert.Equal(2u, Add().AckId);
        Assert.Equal(3, _wheel.Count);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(uint.MaxValue)]
    public void Answer_ToANumberThatIsNotOutstanding_IsNobodys(uint ackId)
    {
        Add();
        _pending.TryTake(0);
        Assert.Null(_pending.TryTake(ackId));
    }

    /// <summary>One question to many peers has the same number for each, apart from what each counts for itself.</summary>
    [Fact]
    public async Task Shared_IsAnsweredUnderItsNumber_AndOnce()
    {
        var other = Add();
        var request = AddShared(PendingRequests.NextShared());
        Assert.NotEqual(request.AckId, PendingRequests.NextShared());
        _pending.TryTake(request.AckId)!.Complete(new PayloadBytes(EventCodec.Ts1, [5]), PayloadLimits.Default);
        Assert.Equal(5, await request.Task);
        Assert.Null(_pending.TryTake(request.AckId));
        Assert.Same(other, _pending.TryTake(0));
    }

    [Fact]
    public async Task Shared_TimesOut_TellsThePeerAndLetsALateAnswerBe()
    {
        var request = AddShared(PendingRequests.NextShared());
        _time.Advance(s_timeout + TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => request.Task.AsTask());
        Assert.Equal([request.AckId], _cancelled);
        Assert.Null(_pending.TryTake(request.AckId));
    }

    [Fact]
    public async Task Shared_BeyondTheLimitOrTheEnd_IsRefused()
    {
        List<PendingRequest<int, IntCodec>> requests = [AddShared(PendingRequests.NextShared()), AddShared(PendingRequests.NextShared()), AddShared(PendingRequests.NextShared())];
        Assert.Contains("MaxPendingRequests", Assert.Throws<InvalidOperationException>(() => { AddShared(PendingRequests.NextShared()); }).Message, StringComparison.Ordinal);
        _pending.End(new ClientDisconnect());
        foreach (var request in requests)
        {
            await Assert.ThrowsAsync<DisconnectedException>(() => request.Task.AsTask());
        }

        Assert.Throws<DisconnectedException>(() => { AddShared(PendingRequests.NextShared()); });
    }

    /// <summary>A peer that cannot be told of cancellations has its numbers counted on; they used to run into those of questions to many.</summary>
    [Fact]
    public void Numbers_CountedOnForLong_StayBelowThoseOfQuestionsToMany()
    {
        var pending = new PendingRequests(_wheel, 1, sendCancel: null);
        var seen = new HashSet<uint>();
        for (var use = 0; use < 40_000; use++)
        {
            var request = NewRequest(pending, "Ask");
            request.Register();
            seen.Add(request.AckId);
            Assert.Same(request, pending.TryTake(request.AckId));
            _wheel.Remove(request);
        }

        Assert.Equal(32_768, seen.Count);
        Assert.True(seen.Max() < 1u << 31);
    }

    [Fact]
    public void Requests_BeyondTheLimit_AreRefused()
    {
        Add();
        Add();
        Add();
        var exception = Assert.Throws<InvalidOperationException>(Add);
        Assert.Contains("MaxPendingRequests", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timeout_FailsTheRequest_TellsThePeer_AndKeepsTheNumberTaken()
    {
        var request = Add();
        _time.Advance(s_timeout - TimeSpan.FromMilliseconds(1));
        Assert.False(request.Task.IsCompleted);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAsync<TimeoutException>(() => request.Task.AsTask());
        Assert.Equal([0u], _cancelled);
        Assert.Equal(1u, Add().AckId);
        Assert.Null(_pending.TryTake(0));
        Assert.Equal(0u, Add().AckId);
    }

    [Fact]
    public async Task Cancellation_FailsTheRequestWithTheCallersToken_AndTellsThePeer()
    {
        using var source = new CancellationTokenSource();
        var request = Add();
        request.LinkTo(source.Token);
        await source.CancelAsync();
        var exception = await Assert.ThrowsAsync<OperationCanceledException>(() => request.Task.AsTask());
        Assert.Equal(source.Token, exception.CancellationToken);
        Assert.Equal([0u], _cancelled);
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public async Task Cancellation_AfterTheAnswer_DoesNothing()
    {
        using var source = new CancellationTokenSource();
        var request = Add();
        request.LinkTo(source.Token);
        _pending.TryTake(0)!.Complete(new PayloadBytes(EventCodec.Ts1, [5]), PayloadLimits.Default);
        await source.CancelAsync();
        _time.Advance(2 * s_timeout);
        Assert.Equal(5, await request.Task);
        Assert.Empty(_cancelled);
    }

    /// <summary>The answer may come before the request is linked to its caller's token.</summary>
    [Fact]
    public async Task Link_AfterTheAnswer_LeavesNothingRegistered()
    {
        using var source = new CancellationTokenSource();
        var request = Add();
        _pending.TryTake(0)!.Complete(new PayloadBytes(EventCodec.Ts1, [5]), PayloadLimits.Default);
        request.LinkTo(source.Token);
        await source.CancelAsync();
        Assert.Equal(5, await request.Task);
        Assert.Empty(_cancelled);
    }

    /// <summary>
    /// The answer comes in between giving a request up and telling the peer. Its number used to be free at once, so the next request could get it, and the CANCEL then hit that one.
    /// </summary>
    [Fact]
    public void Answer_WhileTheCancellationIsBeingSent_FreesTheNumberOnlyAfterwards()
    {
        PendingRequest<int, IntCodec>? next = null;
        OnCancel = ackId =>
        {
            Assert.Null(_pending.TryTake(ackId));
            next = Add();
        };
        Add();
        _time.Advance(s_timeout + TimeSpan.FromMilliseconds(100));
        Assert.Equal(1u, next!.AckId);
        Assert.Equal(0u, Add().AckId);
    }

    [Fact]
    public async Task End_FailsEverything_NowAndLater()
    {
        var reason = new TransportClose();
        var first = Add();
        var second = Add();
        _pending.End(reason);
        _pending.End(new ClientDisconnect());
        Assert.Same(reason, (await Assert.ThrowsAsync<DisconnectedException>(() => first.Task.AsTask())).Reason);
        Assert.Same(reason, (await Assert.ThrowsAsync<DisconnectedException>(() => second.Task.AsTask())).Reason);
        Assert.Same(reason, Assert.Throws<DisconnectedException>(Add).Reason);
        Assert.Null(_pending.TryTake(0));
        Assert.Equal(0, _wheel.Count);
        Assert.Empty(_cancelled);
    }

    [Fact]
    public async Task Result_ThatCannotBeRead_FailsTheCallerAndTheReceiver()
    {
        var request = Add();
        Assert.Throws<PayloadException>(() => _pending.TryTake(0)!.Complete(new PayloadBytes(EventCodec.Ts1, [0xa1, (byte)'x']), PayloadLimits.Default));
        await Assert.ThrowsAsync<PayloadException>(() => request.Task.AsTask());
        request = Add();
        Assert.Throws<PayloadException>(() => _pending.TryTake(0)!.Complete(new PayloadBytes(EventCodec.Ts1, [5, 5]), PayloadLimits.Default));
        await Assert.ThrowsAsync<PayloadException>(() => request.Task.AsTask());
    }

    /// <summary>Answer, timeout and cancellation race; whoever is first counts, and each number is free again in the end.</summary>
    [Fact]
    public async Task Races_EndEachRequestExactlyOnce()
    {
        var pending = new PendingRequests(_wheel, 1, _ => { });
        for (var round = 0; round < 2_000; round++)
        {
            using var source = new CancellationTokenSource();
            var request = NewRequest(pending, "Add");
            pending.Add(request, s_timeout);
            request.LinkTo(source.Token);
            var answering = Task.Run(() => pending.TryTake(0)?.Complete(new PayloadBytes(EventCodec.Ts1, [5]), PayloadLimits.Default), TestContext.Current.CancellationToken);
            await source.CancelAsync();
            await answering;
            try
            {
                Assert.Equal(5, await request.Task);
            }
            catch (OperationCanceledException exception)
            {
                Assert.Equal(source.Token, exception.CancellationToken);
            }

            Assert.Equal(0, _wheel.Count);
        }
    }

    /// <summary>Socket.IO has no word to take a request back, so its answer may come at any time, or never.</summary>
    [Fact]
    public async Task Number_ThatCannotBeTakenBack_IsCountedOn_AndALateAnswerIsNobodys()
    {
        var pending = new PendingRequests(_wheel, 2, sendCancel: null);
        var first = Add(pending);
        _time.Advance(s_timeout + TimeSpan.FromMilliseconds(100));
        await Assert.ThrowsAsync<TimeoutException>(() => first.Task.AsTask());
        using var source = new CancellationTokenSource();
        var second = Add(pending);
        second.LinkTo(source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => second.Task.AsTask());
        var third = Add(pending);
        Assert.Equal((0u, 65_536u, 131_072u), (first.AckId, second.AckId, third.AckId));
        Assert.Null(pending.TryTake(first.AckId));
        Assert.Null(pending.TryTake(second.AckId));
        Assert.Null(pending.TryTake(uint.MaxValue));
        pending.TryTake(third.AckId)!.Complete(new PayloadBytes(EventCodec.Ts1, [5]), PayloadLimits.Default);
        Assert.Equal(5, await third.Task);
        Assert.Null(pending.TryTake(third.AckId));
        Assert.Empty(_cancelled);
        // Given up or not, no more of them wait than may.
        Assert.Equal(196_608u, Add(pending).AckId);
        Assert.Equal(1u, Add(pending).AckId);
        Assert.Throws<InvalidOperationException>(() => Add(pending));
    }

    [Fact]
    public void Number_ThatIsCountedOn_BeginsAnewBehindTheLast()
    {
        var pending = new PendingRequests(_wheel, 1, sendCancel: null);
        var last = 0u;
        for (var use = 0; use < 65_537; use++)
        {
            last = Add(pending).AckId;
            pending.TryTake(last)!.Complete(new PayloadBytes(EventCodec.Ts1, [5]), PayloadLimits.Default);
        }

        Assert.Equal(0u, last);
    }

    private static PendingRequest<int, IntCodec> NewRequest(PendingRequests pending, string name) =>
        new(pending, TestContract.Shape, new EventShape(name, 0), new AnswerTimeout(s_timeout, TimeoutSource.Options));

    private PendingRequest<int, IntCodec> Add() => Add(_pending);

    private static PendingRequest<int, IntCodec> Add(PendingRequests pending)
    {
        var request = NewRequest(pending, "Add");
        pending.Add(request, s_timeout);
        return request;
    }

    private PendingRequest<int, IntCodec> AddShared(uint ackId)
    {
        var request = NewRequest(_pending, "AddShared");
        request.RegisterShared(ackId);
        return request;
    }
}
