using TypedSockets.Events;
using TypedSockets.Formats;

namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>What stands between a generated dispatcher and its handler, and that nothing stands there without.</summary>
public sealed class InterceptionTests
{
    private readonly CallsHandler _handler = new();
    private readonly EventDispatcher _dispatcher;
    private readonly ICallsServer _proxy;

    public InterceptionTests()
    {
        _dispatcher = ICallsServer.Contract.CreateServerDispatcher(_handler);
        _proxy = ICallsServer.Contract.CreateServerProxy(new Loopback(_dispatcher));
    }

    [Fact]
    public async Task EveryKindOfEvent_GoesThroughTheInterceptor_AsItIs()
    {
        var seen = new List<string>();
        _dispatcher.Interceptor = new Interceptor(async invocation =>
        {
            var shape = ICallsServer.Contract.Shape.ServerEvents[invocation.EventId];
            Assert.Equal(shape.Parameters.Count, invocation.Arguments.Count);
            await invocation.InvokeAsync();
            seen.Add($"{shape.Name}({string.Join(", ", invocation.Arguments)}) = {invocation.Result}");
        });

        _proxy.OneWay("hi");
        _proxy.OneWayWithToken(CancellationToken.None);
        await _proxy.Acknowledged(TestContext.Current.CancellationToken);
        await _proxy.AcknowledgedByValue(3);
        Assert.Equal(8, await _proxy.Reply(7, TestContext.Current.CancellationToken));
        Assert.Equal("text!", await _proxy.ReplyOrNull("text"));
        Assert.Null(await _proxy.ReplyOrNull(null));
        _proxy.Names("a", 1, "b", 2, true, false, true, false, "c", 3);
        _proxy.Overload(5);
        _proxy.Overload("five");

        Assert.Equal(
            [
                "OneWay(hi) = ", "OneWayWithToken() = ", "Acknowledged() = ", "AcknowledgedByValue(3) = ", "Reply(7) = 8", "ReplyOrNull(text) = text!", "ReplyOrNull() = ",
                "Names(a, 1, b, 2, True, False, True, False, c, 3) = ", "overload-1(5) = ", "overload-2(five) = ",
            ],
            seen);
        Assert.Equal("Overload(five)", _handler.Last);
    }

    [Fact]
    public void Parameters_OfTheShape_AreNamedAsInCSharp() =>
        Assert.Equal(
            ["sender", "_sender", "handler", "_handler", "reader", "call", "count", "writer", "class", "ServerEvents"],
            ICallsServer.Contract.Shape.ServerEvents.Single(shape => shape.Name == "Names").Parameters);

    [Fact]
    public void ServerMethod_OfEveryEvent_IsTheOneThatDeclaresIt()
    {
        var shape = ICallsServer.Contract.Shape.ServerEvents;
        for (var eventId = 0; eventId < shape.Count; eventId++)
        {
            var method = ICallsServer.Contract.GetServerMethod(eventId);
            Assert.True(method.DeclaringType!.IsAssignableFrom(typeof(ICallsServer)));
            Assert.Equal(shape[eventId].Parameters, method.GetParameters().Where(parameter => parameter.ParameterType != typeof(CancellationToken)).Select(parameter => parameter.Name));
            Assert.Equal(shape[eventId].Name.StartsWith("overload-", StringComparison.Ordinal) ? "Overload" : shape[eventId].Name, method.Name);
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => ICallsServer.Contract.GetServerMethod(shape.Count));
    }

    /// <summary>What nobody looks at is not boxed, with an interceptor for other events as without any.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Event_ThatIsNotIntercepted_AllocatesNothing(bool othersAre)
    {
        const int Shared = 1;
        Assert.Equal("Shared", ICallsServer.Contract.Shape.ClientEvents[Shared].Name);
        var dispatcher = ICallsServer.Contract.CreateClientDispatcher(new Silent());
        dispatcher.Interceptor = othersAre ? new Interceptor(_ => throw new InvalidOperationException("Nobody looks.")) { Id = -1 } : null;
        // An array of one number.
        byte[] arguments = [0x91, 5];
        var call = new EventCall(new Loopback.Replies(CancellationToken.None), Shared, null);
        Dispatch();

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var time = 0; time < 1_000; time++)
        {
            Dispatch();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Dispatch()
        {
            var reader = new MessagePackReader(arguments, PayloadLimits.Default);
            Assert.True(dispatcher.Dispatch(Shared, ref reader, call).AsTask().IsCompletedSuccessfully);
        }
    }

    private sealed class Silent : ICallsClient
    {
        public void OneWay(string text)
        {
        }

        public void Shared(int number)
        {
        }
    }

    private sealed class Interceptor(Func<EventInvocation, ValueTask> intercept) : EventInterceptor
    {
        /// <summary>The event that is looked at; null for all.</summary>
        public int? Id { get; init; }

        public override bool Intercepts(int eventId) => Id is null || Id == eventId;

        public override ValueTask InterceptAsync(EventInvocation invocation) => intercept(invocation);
    }
}
