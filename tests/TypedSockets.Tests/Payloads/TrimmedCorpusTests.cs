using System.Diagnostics;
using TypedSockets.Corpus;
using TypedSockets.Tests.Shared;

namespace TypedSockets.Tests.Payloads;

/// <summary>A program of which the trimmer has left only what it could see: whatever a serializer found by reflection would be gone.</summary>
[Trait("Category", "Publishing")]
public sealed class TrimmedCorpusTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task TrimmedProgram_WritesAndReadsEveryValueAsTheOrdinaryOneDoes()
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        var program = await TrimmedProgram.PublishAsync("tests/CorpusHost/CorpusHost.csproj");
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"'{program}' could not be started.");
        try
        {
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = await process.StandardOutput.ReadToEndAsync(cancellationToken).WaitAsync(s_patience, cancellationToken);
            await process.WaitForExitAsync(cancellationToken).WaitAsync(s_patience, cancellationToken);
            Assert.True(process.ExitCode == 0, await errors);
            Assert.Equal(
                from format in Enum.GetValues<CorpusFormat>() from item in CorpusCases.All select CorpusLine.Of(item, format),
                output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }
}
