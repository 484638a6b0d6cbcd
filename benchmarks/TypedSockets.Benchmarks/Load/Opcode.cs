namespace TypedSockets.Benchmarks.Load;

/// <summary>What a WebSocket frame carries (RFC 6455 §5.2).</summary>
internal enum Opcode
{
    Continuation = 0,
    Text = 1,
    Binary = 2,
    Close = 8,
    Ping = 9,
    Pong = 10,
}
