using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Tests.Channels;

/// <summary>What events cost in a contract whose handlers may ask their peer: nothing, while they finish at once and do not.</summary>
public sealed partial class EventChannelTests
{
    [Fact]
    public void Request_WhoseHandlerFinishesAtOnce_AllocatesNothing() => Assert.Equal(0, AllocatedBy(NamespacePacketType.Request));

    [Fact]
    public void Event_WhoseHandlerFinishesAtOnce_AllocatesNothing() => Assert.Equal(0, AllocatedBy(NamespacePacketType.Event));

    /// <summary>What a handler left behind asks of its peer when the next one runs is not that one's affair.</summary>
    [Fact]
    public async Task Request_OfWhatAHandlerLeftBehind_GivesNobodysTurnAway()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = Task.CompletedTask;
        _handler = (_, value, call) =>
        {
            if (value == 9)
            {
                asked = LeaveAsync();
            }

            return call.Complete(value < 9 ? WaitAsync(value) : Task.CompletedTask);
        };
        // Known to finish at once, so that what it has found is used again.
        ReceiveRequest(TestContract.Say, 1, 10);
        ReceiveRequest(TestContract.Say, 1, 9);
        ReceiveRequest(TestContract.Add, 1, 1);
        ReceiveRequest(TestContract.Add, 2, 2);
        left.SetResult();
        Assert.Equal(["begins 1", "asks 9"], await StepsAsync(2));
        Receive(NamespacePacketType.Ack, 0, 0, [7]);
        await asked;
        Assert.Equal(["answered 9: 7"], await StepsAsync(1));
        Open(1);
        Assert.Equal(["ends 1", "begins 2"], await StepsAsync(2));

        async Task LeaveAsync()
        {
            await left.Task;
            await AskAsync(9);
        }
    }

    /// <summary>The answer to what a handler left behind may come before that has said that it waits.</summary>
    [Fact]
    public async Task Wait_OfWhatAHandlerLeftBehind_BehindItsAnswer_IsNotTheNextHandlers()
    {
        EventChannel.HandlerTurn? left = null;
        _handler = (_, value, call) =>
        {
            left ??= value == 9 ? EventChannel.HandlerTurn.Current : null;
            return call.Complete(value < 9 ? WaitAsync(value) : Task.CompletedTask);
        };
        ReceiveRequest(TestContract.Say, 1, 10);
        ReceiveRequest(TestContract.Say, 1, 9);
        left!.Resume(() => Step("goes on"), s_patience);
        ReceiveRequest(TestContract.Say, 1, 1);
        left.Wait();
        ReceiveRequest(TestContract.Say, 2, 2);
        Assert.Equal(["goes on", "begins 1"], await StepsAsync(2));
        Open(1);
        Assert.Equal(["ends 1", "begins 2"], await StepsAsync(2));
    }

    /// <summary>The bytes of many packets, when those before have made what is used again.</summary>
    private long AllocatedBy(NamespacePacketType type)
    {
        byte[] payload = [0x91, 0x05];
        _host.IsRecording = false;
        _handler = (_, _, call) => call.Complete();
        Receive(3);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Receive(1_000);
        return GC.GetAllocatedBytesForCurrentThread() - before;

        void Receive(int rounds)
        {
            for (var round = 0; round < rounds; round++)
            {
                _channel.Receive(new NamespacePacket(type, TestContract.Namespace, TestContract.Say, 1, payload));
            }
        }
    }
}
