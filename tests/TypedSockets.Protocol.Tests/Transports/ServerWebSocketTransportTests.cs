namespace TypedSockets.Protocol.Tests.Transports;

public sealed class ServerWebSocketTransportTests() : WebSocketTransportTests(Side.Server);
