namespace TypedSockets.Protocol.Tests.Transports;

public sealed class ClientWebSocketTransportTests() : WebSocketTransportTests(Side.Client);
