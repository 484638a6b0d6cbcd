using TypedSockets.Fuzz;

namespace TypedSockets.Tests.Payloads;

/// <summary>A short run of the program that takes millions of inputs: <c>dotnet run -c Release --project tests/TypedSockets.Fuzz -- 10000000</c>.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void MutatedAndRandomInputs_AreReadOrRefused_WithinProportionateMemory(int seed)
    {
        const int Inputs = 20_000;
        var run = new FuzzRun(seed);
        run.Run(Inputs);
        // Both happen often, or it is not the readers that are tried.
        Assert.InRange(run.Refused, Inputs / 2, Inputs - (Inputs / 20));
    }
}
