using System.Net;
using System.Net.Sockets;

namespace TypedSockets.Benchmarks.Processes;

/// <summary>
/// Answers a load generator's questions about the server's own process, on a thread of its own, so that a busy thread pool delays no answer. One line each way:
/// <c>sample</c> is answered with a <see cref="ServerSample"/>, <c>collect</c> as well, after a garbage collection.
/// </summary>
internal static class ControlServer
{
    public const string Sample = "sample";
    public const string Collect = "collect";

    /// <summary>Starts listening, until the process ends; returns the port.</summary>
    public static int Start()
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        new Thread(() => Serve(listener)) { IsBackground = true, Name = "control" }.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Serve(TcpListener listener)
    {
        while (true)
        {
            using var client = listener.AcceptTcpClient();
            client.NoDelay = true;
            try
            {
                Answer(client);
            }
            catch (IOException)
            {
                // A load generator that was ended in the middle of a run; the next one asks on a connection of its own.
            }
        }
    }

    private static void Answer(TcpClient client)
    {
        using var reader = new StreamReader(client.GetStream());
        using var writer = new StreamWriter(client.GetStream()) { AutoFlush = true };
        while (reader.ReadLine() is { } command)
        {
            if (command == Collect)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                GC.Collect();
            }

            writer.WriteLine(ServerSample.Take().Format());
        }
    }
}
