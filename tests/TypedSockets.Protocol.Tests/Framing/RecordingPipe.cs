using System.Buffers;
using System.IO.Pipelines;

namespace TypedSockets.Protocol.Tests.Framing;

/// <summary>A pipe that counts flushes and whose flushes stay pending while <see cref="Threshold"/> bytes or more have not been read.</summary>
internal sealed class RecordingPipe : PipeWriter
{
    public const int Threshold = 1_000;

    private readonly Pipe _pipe = new(new PipeOptions(
        pauseWriterThreshold: Threshold,
        resumeWriterThreshold: 1,
        readerScheduler: PipeScheduler.Inline,
        writerScheduler: PipeScheduler.Inline,
        useSynchronizationContext: false));

    public int Flushes { get; private set; }

    public PipeReader Reader => _pipe.Reader;

    /// <summary>Takes what has been flushed and not been taken before.</summary>
    public byte[] Take()
    {
        if (!_pipe.Reader.TryRead(out var read))
        {
            return [];
        }

        var bytes = read.Buffer.ToArray();
        _pipe.Reader.AdvanceTo(read.Buffer.End);
        return bytes;
    }

    public List<Frames.Frame> TakeFrames() => Frames.Parse(Take());

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        Flushes++;
        return _pipe.Writer.FlushAsync(cancellationToken);
    }

    public override void Advance(int bytes) => _pipe.Writer.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _pipe.Writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _pipe.Writer.GetSpan(sizeHint);

    public override void CancelPendingFlush() => _pipe.Writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => _pipe.Writer.Complete(exception);
}
