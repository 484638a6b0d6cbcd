namespace TypedSockets.Tests.Lifecycle;

public sealed class ContractAgreementTests
{
    [Fact]
    public void Identical_SaysSo()
    {
        Assert.True(ContractAgreement.Identical.IsIdentical);
        Assert.Equal("identical", ContractAgreement.Identical.ToString());
    }

    [Theory]
    [InlineData("Say", "", "", "missing remotely: Say")]
    [InlineData("", "Said,Typing", "", "missing locally: Said, Typing")]
    [InlineData("", "", "Join", "shape changed: Join")]
    [InlineData("Say", "Said", "Join,Leave", "missing remotely: Say; missing locally: Said; shape changed: Join, Leave")]
    public void Difference_IsNamed(string missingRemotely, string missingLocally, string shapeChanged, string expected)
    {
        var agreement = new ContractAgreement(Split(missingRemotely), Split(missingLocally), Split(shapeChanged));
        Assert.False(agreement.IsIdentical);
        Assert.Equal(expected, agreement.ToString());
    }

    private static string[] Split(string events) => events.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
