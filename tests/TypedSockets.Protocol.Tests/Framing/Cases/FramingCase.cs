using System.Text;
using TypedSockets.Protocol.Framing;
using TypedSockets.Protocol.Framing.Deflate;

namespace TypedSockets.Protocol.Tests.Framing.Cases;

/// <summary>What one end receives and what is to come of it, however the bytes arrive.</summary>
/// <param name="Name">What the case is about, with the section that it comes from.</param>
/// <param name="Reader">The end that reads.</param>
/// <param name="Input">The bytes.</param>
/// <param name="Expected">One line for each message and, at the end, for a close frame or a violation.</param>
public sealed record FramingCase(string Name, Side Reader, byte[] Input, string[] Expected)
{
    /// <summary>The largest message that is accepted.</summary>
    public long Limit { get; private init; } = 70_000;

    /// <summary>What was agreed on about compressed messages.</summary>
    internal DeflateTerms? Deflate { get; init; }

    public FramingCase Within(long limit) => this with { Limit = limit };

    public override string ToString() => $"{Reader} reads {Name}";

    public static string Text(string text) => RecordingReceiver.Text(text);

    public static string Binary(ReadOnlySpan<byte> message) => RecordingReceiver.Binary(message);

    public static string Violation(int closeCode) => $"violation {closeCode}";

    /// <summary>Each chunk arrives by itself.</summary>
    public string[] ReadOneByOne(IEnumerable<byte[]> chunks) => Read(reader => receiver => Arrival.OneByOne(reader, chunks, receiver));

    /// <summary>All chunks arrive at once, in segments of their own.</summary>
    public string[] ReadAtOnce(IEnumerable<byte[]> chunks) => Read(reader => receiver => Arrival.AtOnce(reader, chunks, receiver));

    private string[] Read(Func<FrameReader, Action<RecordingReceiver>> arrival)
    {
        var reader = new FrameReader(Reader, Limit, Deflate);
        var receiver = new RecordingReceiver();
        try
        {
            arrival(reader)(receiver);
        }
        catch (FrameViolationException violation)
        {
            Assert.True(violation.Reason is PayloadTooLarge || violation.Message.Contains("(RFC ", StringComparison.Ordinal), violation.Message);
            receiver.Log.Add(Violation(violation.CloseCode));
        }
        finally
        {
            reader.Release();
        }

        return [.. receiver.Log];
    }

    /// <summary>Builds cases for one end.</summary>
    internal sealed class Builder(Side reader)
    {
        private readonly List<byte> _input = [];
        private readonly List<string> _expected = [];
        private readonly bool _isMasked = reader is Side.Server;

        public Builder Frame(Opcode opcode, ReadOnlySpan<byte> payload, bool isFinal = true, int reserved = 0) => Bytes(Frames.Build(opcode, payload, _isMasked, isFinal, reserved));

        public Builder Frame(Opcode opcode, string text, bool isFinal = true) => Frame(opcode, Encoding.UTF8.GetBytes(text), isFinal);

        public Builder Raw(byte first, string lengthHex, params ReadOnlySpan<byte> payload) => Bytes(Frames.BuildRaw(first, Convert.FromHexString(lengthHex), payload, _isMasked));

        public Builder Close(int code, ReadOnlySpan<byte> text = default) => Frame(Opcode.Close, [(byte)(code >> 8), (byte)code, .. text]);

        public Builder Bytes(ReadOnlySpan<byte> bytes)
        {
            _input.AddRange(bytes);
            return this;
        }

        public Builder Expect(params string[] lines)
        {
            _expected.AddRange(lines);
            return this;
        }

        public FramingCase Case(string name) => new(name, reader, [.. _input], [.. _expected]);

        /// <summary>Ends in a violation of the protocol, and nothing that follows counts.</summary>
        public FramingCase Refused(string name, int closeCode = CloseCode.ProtocolError) => Expect(Violation(closeCode)).Frame(Opcode.Text, "behind").Case(name);
    }
}
