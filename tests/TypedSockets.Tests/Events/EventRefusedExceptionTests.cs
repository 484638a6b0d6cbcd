namespace TypedSockets.Tests.Events;

public sealed class EventRefusedExceptionTests
{
    [Fact]
    public void Exception_WithoutADetail_SaysWhatTheFaultMeans_AndTellsThePeerNothing()
    {
        var exception = new EventRefusedException(RemoteFault.RateLimited);

        Assert.Equal(("Too many events came.", null), (exception.Message, exception.Detail));
    }

    /// <summary>A declared fault has a name and a value, which the peer would look for in vain.</summary>
    [Fact]
    public void Exception_WithADeclaredFault_IsAnArgumentException()
    {
        var exception = Assert.Throws<ArgumentException>(() => new EventRefusedException(RemoteFault.Declared));

        Assert.Contains("'Declared'", exception.Message, StringComparison.Ordinal);
    }
}
