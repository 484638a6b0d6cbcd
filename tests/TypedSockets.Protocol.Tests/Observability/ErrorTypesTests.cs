using TypedSockets.Protocol.Observability;

namespace TypedSockets.Protocol.Tests.Observability;

/// <summary>The values of <c>error.type</c>, of which there must be few.</summary>
public sealed class ErrorTypesTests
{
    public static TheoryData<Exception, string> Exceptions { get; } = new()
    {
        { new RemoteException("ITest.Ask", RemoteFault.TooManyStreams, "text of the peer"), "too_many_streams" },
        { new RemoteException("ITest.Ask", (RemoteFault)999, null), "_OTHER" },
        { new RemoteException("ITest.Ask", "name of the peer's"), "declared" },
        { new DisconnectedException(new PingTimeout(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(1))), "ping_timeout" },
        { new TimeoutException(), "timeout" },
        { new TaskCanceledException(), "canceled" },
        { new ArgumentNullException("name"), "System.ArgumentNullException" },
        // Its full name has the version of the value's assembly in it.
        { new FaultException<ErrorTypesTests>(new ErrorTypesTests()), "TypedSockets.FaultException`1" },
    };

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void Exception_HasATypeOfTheProgram(Exception exception, string expected) => Assert.Equal(expected, ErrorTypes.Of(exception));
}
