using System.Text;

namespace TypedSockets.Lifecycle.Tests.Network;

/// <summary>Bytes on their way; whoever looks at them may change them.</summary>
internal sealed record Piece(Link Link, Memory<byte> Bytes, bool ToServer)
{
    public bool Contains(string text) => Bytes.Span.IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;

    public void Replace(string text, string by)
    {
        if (Bytes.Span.IndexOf(Encoding.ASCII.GetBytes(text)) is >= 0 and var index)
        {
            Encoding.ASCII.GetBytes(by).CopyTo(Bytes.Span[index..]);
        }
    }
}
