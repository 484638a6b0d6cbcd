using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace TypedSockets.Server.Hijacking;

/// <summary>
/// A connection's transport as HTTP sees it. A request that has become a WebSocket can hijack it: for HTTP the connection then ends with the request, so that the request and its
/// buffers are let go, and the connection lives on without them. For one request at a time.
/// </summary>
internal sealed class HijackableTransport : IDuplexPipe
{
    private readonly ConnectionContext _connection;
    private readonly HijackableWriter _output;
    private Func<Task>? _session;

    public HijackableTransport(ConnectionContext connection)
    {
        _connection = connection;
        Inner = connection.Transport;
        Input = new HijackableReader(Inner.Input, this);
        Output = _output = new HijackableWriter(Inner.Output, this);
    }

    public PipeReader Input { get; }

    public PipeWriter Output { get; }

    /// <summary>The transport below, for the session.</summary>
    public IDuplexPipe Inner { get; }

    /// <summary>Whether HTTP's end is not the connection's.</summary>
    public bool IsHijacked { get; private set; }

    /// <summary>What is written from now on waits for a flush of the session's, so the response leaves together with the first packets.</summary>
    public void HoldResponse() => _output.IsHeld = true;

    /// <summary>Nobody hijacks the connection after all: what was held leaves with the next flush.</summary>
    public void ReleaseResponse() => _output.IsHeld = false;

    /// <summary>Takes the connection away from HTTP.</summary>
    /// <param name="session">Runs when the request has ended. The connection is closed when it completes.</param>
    public void Hijack(Func<Task> session)
    {
        IsHijacked = true;
        _session = session;
    }

    /// <summary>HTTP is done with the connection; the session begins, if there is one.</summary>
    public Task RunSessionAsync()
    {
        var session = _session;
        _session = null;
        return session is null ? Task.CompletedTask : session();
    }

    /// <summary>Cuts the connection.</summary>
    public void Abort() => _connection.Abort();
}
