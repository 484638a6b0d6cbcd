using System.IO.Pipelines;

namespace TypedSockets.Server.Hijacking;

/// <summary>Writes a connection for HTTP. A response can be held back, and when the connection has been hijacked, HTTP's end does not complete it.</summary>
internal sealed class HijackableWriter(PipeWriter inner, HijackableTransport transport) : PipeWriter
{
    /// <summary>Whether flushing waits: what is written leaves with the session's first flush.</summary>
    public bool IsHeld { get; set; }

    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => IsHeld ? default : inner.FlushAsync(cancellationToken);

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    public override void Complete(Exception? exception = null)
    {
        if (!transport.IsHijacked)
        {
            inner.Complete(exception);
        }
    }
}
