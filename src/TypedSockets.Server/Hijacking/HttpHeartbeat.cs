using Microsoft.AspNetCore.Connections.Features;

namespace TypedSockets.Server.Hijacking;

/// <summary>
/// The server's heartbeat as HTTP sees it, which checks its timeouts then. The server keeps whoever asked for as long as the connection lives, so HTTP is called through this, which
/// can let go of it.
/// </summary>
internal sealed class HttpHeartbeat(IConnectionHeartbeatFeature server) : IConnectionHeartbeatFeature
{
    private readonly List<(Action<object> Action, object State)> _handlers = [];

    public void OnHeartbeat(Action<object> action, object state)
    {
        lock (_handlers)
        {
            _handlers.Add((action, state));
            if (_handlers.Count == 1)
            {
                server.OnHeartbeat(static heartbeat => ((HttpHeartbeat)heartbeat).Beat(), this);
            }
        }
    }

    /// <summary>HTTP has ended.</summary>
    public void End()
    {
        lock (_handlers)
        {
            _handlers.Clear();
            _handlers.Capacity = 0;
        }
    }

    private void Beat()
    {
        lock (_handlers)
        {
            foreach (var (action, state) in _handlers)
            {
                action(state);
            }
        }
    }
}
