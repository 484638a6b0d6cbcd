using System.IO.Pipelines;

namespace TypedSockets.Server.Hijacking;

/// <summary>Reads a connection for HTTP. When the connection has been hijacked, HTTP's end does not complete it.</summary>
internal sealed class HijackableReader(PipeReader inner, HijackableTransport transport) : PipeReader
{
    public override bool TryRead(out ReadResult result) => inner.TryRead(out result);

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => inner.ReadAsync(cancellationToken);

    public override void AdvanceTo(SequencePosition consumed) => inner.AdvanceTo(consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => inner.AdvanceTo(consumed, examined);

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null)
    {
        if (!transport.IsHijacked)
        {
            inner.Complete(exception);
        }
    }

    protected override ValueTask<ReadResult> ReadAtLeastAsyncCore(int minimumSize, CancellationToken cancellationToken) => inner.ReadAtLeastAsync(minimumSize, cancellationToken);
}
