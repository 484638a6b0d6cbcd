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

    [Fact]
    public void ManyDifferences_AreCounted() =>
        Assert.Equal("missing remotely: A, B, C, D, E and 2 more", new ContractAgreement(Split("A,B,C,D,E,F,G"), [], []).ToString());

    [Theory]
    [InlineData("identical", true, true, true)]
    [InlineData("unknown", true, true, true)]
    [InlineData("missing", false, true, true)]
    [InlineData("unused", false, true, true)]
    [InlineData("changed", false, true, true)]
    [InlineData("incompatible", false, false, true)]
    public void Policy_IsSatisfiedOrNot(string what, bool strict, bool compatible, bool lenient)
    {
        var agreement = what switch
        {
            "identical" => ContractAgreement.Identical,
            "unknown" => ContractAgreement.Unknown,
            "missing" => new ContractAgreement(["Say"], [], []),
            "unused" => new ContractAgreement([], [], []) { Unused = ["Say"] },
            "changed" => new ContractAgreement([], [], ["Say"]),
            _ => new ContractAgreement([], [], ["Say"]) { Incompatible = [new IncompatibleEvent("Say", Side.Server, "has changed")] },
        };
        Assert.Equal(
            (strict, compatible, lenient),
            (agreement.Satisfies(ContractPolicy.Strict), agreement.Satisfies(ContractPolicy.Compatible), agreement.Satisfies(ContractPolicy.Lenient)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ContractAgreement([], [], []).Satisfies((ContractPolicy)7));
    }

    private static string[] Split(string events) => events.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
