using System.ComponentModel;
using System.Diagnostics;
using TypedSockets.Benchmarks.Load;
using TypedSockets.Benchmarks.Load.Dialects;
using TypedSockets.Benchmarks.Processes;

namespace TypedSockets.Benchmarks.Systems;

/// <summary>Socket.IO's own server on Node: the folder <c>node</c>, copied beside this program, whose packages are installed when it is first asked for.</summary>
internal sealed class NodeSocketIOSystem()
    : BenchmarkSystem("node-socketio", "Socket.IO 4.8.4 on Node, default parser, transport websocket; payloads decoded and encoded")
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "node");

    public override Dialect CreateDialect() => new SocketIODialect();

    public override async Task<ChildProcess> LaunchAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!ArePackagesInstalled())
            {
                await InstallPackagesAsync(cancellationToken);
            }

            return ChildProcess.Start(new ProcessStartInfo("node", ["--expose-gc", "server.mjs"]) { WorkingDirectory = s_folder });
        }
        catch (Win32Exception exception)
        {
            throw new LoadException($"'{Name}' needs Node 20 or newer and npm on the PATH (https://nodejs.org); --systems leaves it out. {exception.Message}");
        }
    }

    private static async Task InstallPackagesAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("npm", ["ci", "--no-audit", "--no-fund"]) { WorkingDirectory = s_folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var npm = Process.Start(start) ?? throw new LoadException("'npm' could not be started.");
        var errors = npm.StandardError.ReadToEndAsync(cancellationToken);
        await npm.StandardOutput.ReadToEndAsync(cancellationToken);
        await npm.WaitForExitAsync(cancellationToken);
        if (npm.ExitCode != 0)
        {
            throw new LoadException($"'npm ci' failed in '{s_folder}': {await errors}");
        }
    }

    // npm notes what it has installed; the hashes name every package and its version.
    private static bool ArePackagesInstalled()
    {
        var installed = Path.Combine(s_folder, "node_modules", ".package-lock.json");
        return File.Exists(installed) && Hashes(installed).SequenceEqual(Hashes(Path.Combine(s_folder, "package-lock.json")));
    }

    private static IEnumerable<string> Hashes(string path) => File.ReadLines(path).Where(line => line.Contains("\"integrity\"", StringComparison.Ordinal)).Select(line => line.Trim());
}
