using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;

namespace TypedSockets.Integration.Tests.Observability;

/// <summary>The sample as people start it: OpenTelemetry exports what the guide promises.</summary>
public sealed partial class SampleTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Sample_Runs_PrintsOneTraceOverBothEndsAndWhatBothMeasured()
    {
        var output = await RunAsync();
        var traceOf = ActivityLines().Matches(output).ToLookup(match => match.Groups["name"].Value, match => match.Groups["trace"].Value);
        Assert.Equal(4, traceOf["IShopServer.Order"].Count());
        var first = traceOf["IShopServer.Order"].First();
        Assert.Equal(2, traceOf["IShopServer.Order"].Count(trace => trace == first));
        Assert.Equal(2, traceOf["IShopServer.Confirm"].Count(trace => trace == first));
        Assert.Equal([first, first], traceOf["IShopServer.Ordered"]);
        Assert.Contains("The handler of 'IShopServer.Order' failed.", output, StringComparison.Ordinal);
        Assert.Contains("== Health: Healthy, 1 sessions are open;", output, StringComparison.Ordinal);
        Assert.All(["typedsockets.server.sessions", "typedsockets.client.request.duration", "typedsockets.server.handler.failures"], name => Assert.Contains(name, output, StringComparison.Ordinal));
    }

    private static async Task<string> RunAsync()
    {
        var metadata = typeof(SampleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(attribute => attribute.Key, attribute => attribute.Value!);
        var assembly = Path.Combine(metadata["ArtifactsPath"], "bin", "Observability", metadata["Configuration"], "Observability.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", [assembly]) { RedirectStandardOutput = true })!; // Never null when no shell starts it.
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(s_patience);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            Assert.Equal(0, process.ExitCode);
            return output;
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
    }

    [GeneratedRegex(@"Activity\.TraceId: +(?<trace>\w+)(?:\r?\nActivity\.(?!TraceId|DisplayName).*)*\r?\nActivity\.DisplayName: +(?<name>\S+)")]
    private static partial Regex ActivityLines();
}
