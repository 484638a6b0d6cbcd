using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Tests.Events;

public sealed class EventCallTests
{
    private const int Event = 4;
    private const uint Ack = 7;

    private readonly RecordedReplies _replies = new();

    [Fact]
    public async Task OneWay_Done_AnswersNothing()
    {
        await OneWay.Complete();
        await OneWay.Complete(ValueTask.CompletedTask);
        await OneWay.Complete(Task.CompletedTask);
        await OneWay.Reply<int, IntCodec>(new ValueTask<int>(5));
        Assert.Empty(_replies.Log);
    }

    [Fact]
    public void Request_DoneAtOnce_IsAnsweredBeforeReturning()
    {
        Assert.True(Request.Complete().AsTask().IsCompletedSuccessfully);
        Assert.True(Request.Complete(ValueTask.CompletedTask).AsTask().IsCompletedSuccessfully);
        Assert.True(Request.Complete(Task.CompletedTask).AsTask().IsCompletedSuccessfully);
        Assert.True(Request.Reply<int, IntCodec>(new ValueTask<int>(5)).AsTask().IsCompletedSuccessfully);
        Assert.True(Request.Reply<int, IntCodec>(Task.FromResult(6)).AsTask().IsCompletedSuccessfully);
        Assert.Equal(["ack 7", "ack 7", "ack 7", "reply 7: 5", "reply 7: 6"], _replies.Log);
    }

    [Fact]
    public async Task Request_DoneLater_IsAnsweredThen()
    {
        var handler = new TaskCompletionSource();
        var value = new TaskCompletionSource<int>();
        var completed = Request.Complete(handler.Task).AsTask();
        var replied = Request.Reply<int, IntCodec>(value.Task).AsTask();
        Assert.False(completed.IsCompleted || replied.IsCompleted);
        Assert.Empty(_replies.Log);
        handler.SetResult();
        await completed;
        value.SetResult(5);
        await replied;
        Assert.Equal(["ack 7", "reply 7: 5"], _replies.Log);
    }

    [Fact]
    public async Task Request_Failing_IsAnsweredWithTheFault()
    {
        var late = new TaskCompletionSource<int>();
        await Request.Complete(ValueTask.FromException(new InvalidOperationException("a")));
        await Request.Complete(Task.FromException(new InvalidOperationException("b")));
        await Request.Complete(Task.FromCanceled(new CancellationToken(canceled: true)));
        await Request.Reply<int, IntCodec>(ValueTask.FromException<int>(new InvalidOperationException("c")));
        var replied = Request.Reply<int, IntCodec>(late.Task);
        late.SetException(new InvalidOperationException("d"));
        await replied;
        Assert.Equal(["fault 4 7: a", "fault 4 7: b", "fault 4 7: A task was canceled.", "fault 4 7: c", "fault 4 7: d"], _replies.Log);
    }

    [Fact]
    public async Task OneWay_Failing_IsReportedWithoutANumber()
    {
        await OneWay.Complete(Task.FromException(new InvalidOperationException("a")));
        Assert.Equal(["fault 4 : a"], _replies.Log);
    }

    /// <summary>The caller used to wait for its timeout: the failure to write a result that came late was reported, but not answered.</summary>
    [Fact]
    public async Task Request_LateResultThatCannotBeWritten_IsAnsweredWithTheFault()
    {
        var value = new TaskCompletionSource<int>();
        var replied = Request.Reply<int, UnwritableCodec>(value.Task);
        value.SetResult(5);
        await replied;
        Assert.Equal(["fault 4 7: unwritable"], _replies.Log);
    }

    [Fact]
    public void Request_ResultAtOnceThatCannotBeWritten_ThrowsToTheDispatchersCaller() =>
        Assert.Throws<NotSupportedException>(() => { _ = Request.Reply<int, UnwritableCodec>(new ValueTask<int>(5)).AsTask(); });

    [Fact]
    public void CancellationToken_IsTheOneOfTheRequest()
    {
        using var source = new CancellationTokenSource();
        _replies.Tokens[Ack] = source.Token;
        Assert.Equal(source.Token, Request.CancellationToken);
    }

    private EventCall OneWay => new(_replies, Event, null);

    private EventCall Request => new(_replies, Event, Ack);

    private sealed class RecordedReplies : EventReplies
    {
        public List<string> Log { get; } = [];

        public Dictionary<uint, CancellationToken> Tokens { get; } = [];

        public override void Reply<TResult, TCodec>(uint ackId, TResult result)
        {
            using var buffer = PayloadBuffer.Rent();
            var writer = new MessagePackWriter(buffer);
            TCodec.Write(ref writer, result);
            Log.Add($"reply {ackId}: {result}");
        }

        public override void Acknowledge(uint ackId) => Log.Add($"ack {ackId}");

        public override void Fault(int eventId, uint? ackId, Exception exception) => Log.Add($"fault {eventId} {ackId}: {exception.Message}");

        public override void Fault<TFault, TCodec>(uint ackId, string name, TFault value) => Log.Add($"declared {ackId} {name}: {value}");

        public override CancellationToken GetCancellationToken(uint? ackId) => Tokens[ackId.GetValueOrDefault()];
    }

    private readonly struct IntCodec : IPayloadCodec<int>
    {
        public static void Write<TWriter>(ref TWriter writer, int value) where TWriter : struct, IFormatWriter, allows ref struct => writer.WriteInt32(value);

        public static int Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct => reader.ReadInt32();
    }

    private readonly struct UnwritableCodec : IPayloadCodec<int>
    {
        public static void Write<TWriter>(ref TWriter writer, int value) where TWriter : struct, IFormatWriter, allows ref struct => throw new NotSupportedException("unwritable");

        public static int Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct => throw new NotSupportedException("unreadable");
    }
}
