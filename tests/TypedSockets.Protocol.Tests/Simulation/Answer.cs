namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>How a request ended, as the client sees it.</summary>
/// <param name="Status">The HTTP status; 0 when the connection failed.</param>
/// <param name="Code">The Engine.IO error code of a bad request.</param>
/// <param name="Packets">The payload.</param>
internal readonly record struct Answer(int Status, int Code, IReadOnlyList<Packet> Packets)
{
    public static Answer Failed => new(0, 0, []);

    public static Answer Ok => new(200, 0, []);

    public static Answer Of(params IReadOnlyList<Packet> packets) => new(200, 0, packets);

    public static Answer Refused(int code) => new(400, code, []);

    public override string ToString() => Status switch
    {
        0 => "a broken connection",
        200 => $"200 [{string.Join(", ", Packets)}]",
        _ => $"{Status} code {Code}",
    };
}
