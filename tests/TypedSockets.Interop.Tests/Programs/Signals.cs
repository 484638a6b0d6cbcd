using System.Diagnostics;
using System.Globalization;

namespace TypedSockets.Interop.Tests.Programs;

internal static class Signals
{
    /// <summary>kill -STOP: the process does nothing any more, until it is killed.</summary>
    public static async Task FreezeAsync(Process process)
    {
        using var kill = Process.Start("kill", ["-STOP", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
