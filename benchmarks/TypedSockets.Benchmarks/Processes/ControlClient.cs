using System.Net;
using System.Net.Sockets;
using TypedSockets.Benchmarks.Load;

namespace TypedSockets.Benchmarks.Processes;

/// <summary>The load generator's end of the channel to a <see cref="ControlServer"/>.</summary>
internal sealed class ControlClient : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true, ReceiveTimeout = 30_000 };
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;

    public ControlClient(int port)
    {
        _client.Connect(IPAddress.Loopback, port);
        _reader = new StreamReader(_client.GetStream());
        _writer = new StreamWriter(_client.GetStream()) { AutoFlush = true };
    }

    public ServerSample Sample() => Ask(ControlServer.Sample);

    public ServerSample Collect() => Ask(ControlServer.Collect);

    public void Dispose() => _client.Dispose();

    private ServerSample Ask(string command)
    {
        _writer.WriteLine(command);
        return ServerSample.Parse(_reader.ReadLine() ?? throw new LoadException("The server ended."));
    }
}
