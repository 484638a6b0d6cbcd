using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>Bytes that no honest peer sends end in a <see cref="PayloadException"/> for every type, and never in anything else.</summary>
public sealed class HostilePayloadTests
{
    private const int Seed = 20261122;

    private static readonly string[] s_nullable =
        ["EchoNullableAddress", "EchoNullableBytes", "EchoNullableColor", "EchoNullableInt32", "EchoNullablePoint", "EchoNullableString"];

    private readonly Loopback _loopback = new(IEchoServer.Contract.CreateServerDispatcher(new EchoHandler()));

    public static TheoryData<string> Events => [.. IEchoServer.Contract.Shape.ServerEvents.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Events))]
    public void Nil_IsReadWhereTheTypeIsNullableOnly(string wireName)
    {
        if (s_nullable.Contains(wireName))
        {
            Assert.True(Deliver(wireName, [0x91, 0xc0]));
        }
        else
        {
            Assert.Throws<PayloadException>(() => Deliver(wireName, [0x91, 0xc0]));
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void RandomBytes_AreReadOrRefused(string wireName)
    {
        var random = new Random(Seed);
        var refused = 0;
        for (var round = 0; round < 2000; round++)
        {
            var bytes = new byte[random.Next(1, 40)];
            random.NextBytes(bytes);
            // One argument, and now and then a list of one or two elements in it, so that the bytes behind are reached.
            bytes[0] = 0x91;
            if (bytes.Length > 1 && round % 2 == 0)
            {
                bytes[1] = (byte)(0x91 + (round % 4));
            }

            try
            {
                Deliver(wireName, bytes);
            }
            catch (PayloadException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1, 2000);
    }

    [Fact]
    public void DeepNesting_IsRefused()
    {
        // A node whose next node is a node whose next node …
        var bytes = new byte[] { 0x91 }.Concat(Enumerable.Repeat(new byte[] { 0x93, 0x01 }, 1000).SelectMany(node => node)).ToArray();

        var exception = Assert.Throws<PayloadException>(() => Deliver("EchoNode", bytes));
        Assert.Contains("MaxDepth", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnnouncedCount_BeyondTheBytesThatAreLeft_IsRefusedBeforeAnythingIsAllocated()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<PayloadException>(() => Deliver("EchoList", [0x91, 0xdd, 0x7f, 0xff, 0xff, 0xff]));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024 * 1024);
    }

    [Fact]
    public void KeyThatStandsTwice_IsRefused()
    {
        // { 1: nil, 1: nil }
        Assert.Throws<PayloadException>(() => Deliver("EchoIDictionary", [0x91, 0x82, 0x01, 0xc0, 0x01, 0xc0]));
    }

    private bool Deliver(string wireName, byte[] arguments)
    {
        var eventId = IEchoServer.Contract.Shape.ServerEvents.Select(item => item.Name).ToList().IndexOf(wireName);
        return _loopback.Deliver(eventId, arguments, new EventCall(new Loopback.Replies(CancellationToken.None), eventId, null)).IsCompletedSuccessfully;
    }
}
