using System.IO.Pipelines;
using TypedSockets.Protocol.Transports;

namespace TypedSockets.Protocol.Tests.Transports;

public sealed class StreamDuplexPipeTests
{
    private readonly Pipe _toPipe = new();
    private readonly Pipe _fromPipe = new();

    [Fact]
    public async Task Bytes_PassBothWays()
    {
        await using var pipe = new StreamDuplexPipe(new PairedStream(_toPipe.Reader, _fromPipe.Writer));
        var sent = new byte[200_000];
        new Random(1).NextBytes(sent);
        var writing = _toPipe.Writer.WriteAsync(sent, TestContext.Current.CancellationToken).AsTask();
        var read = await pipe.Input.ReadAtLeastAsync(sent.Length, TestContext.Current.CancellationToken);
        Assert.True(System.Buffers.BuffersExtensions.ToArray(read.Buffer).AsSpan().SequenceEqual(sent));
        pipe.Input.AdvanceTo(read.Buffer.End);
        await writing;
        writing = pipe.Output.WriteAsync(sent, TestContext.Current.CancellationToken).AsTask();
        read = await _fromPipe.Reader.ReadAtLeastAsync(sent.Length, TestContext.Current.CancellationToken);
        Assert.True(System.Buffers.BuffersExtensions.ToArray(read.Buffer).AsSpan().SequenceEqual(sent));
        _fromPipe.Reader.AdvanceTo(read.Buffer.End);
        await writing;
    }

    [Fact]
    public async Task EndOfTheStream_EndsTheInputBehindWhatWasReceived()
    {
        await using var pipe = new StreamDuplexPipe(new PairedStream(_toPipe.Reader, _fromPipe.Writer));
        await _toPipe.Writer.WriteAsync(new byte[] { 1, 2 }, TestContext.Current.CancellationToken);
        await _toPipe.Writer.CompleteAsync();
        var bytes = new MemoryStream();
        await pipe.Input.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2], bytes.ToArray());
    }

    [Fact]
    public async Task FailureOfTheStream_IsSeenByReaderAndWriter()
    {
        await using var pipe = new StreamDuplexPipe(new PairedStream(_toPipe.Reader, _fromPipe.Writer));
        await _toPipe.Writer.CompleteAsync(new IOException("reset"));
        await Assert.ThrowsAsync<IOException>(() => pipe.Input.ReadAsync(TestContext.Current.CancellationToken).AsTask());
        await _fromPipe.Reader.CompleteAsync(new IOException("reset"));
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            while (!(await pipe.Output.WriteAsync(new byte[] { 1 }, TestContext.Current.CancellationToken)).IsCompleted)
            {
                await Task.Yield();
            }
        });
    }

    /// <summary>Cancelling a read of an upgraded HTTP stream cuts the connection, so it must not get there.</summary>
    [Fact]
    public async Task CancelledRead_LeavesTheStreamAlone()
    {
        await using var pipe = new StreamDuplexPipe(new PairedStream(_toPipe.Reader, _fromPipe.Writer));
        var reading = pipe.Input.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        pipe.Input.CancelPendingRead();
        Assert.True((await reading).IsCanceled);
        await _toPipe.Writer.WriteAsync(new byte[] { 1 }, TestContext.Current.CancellationToken);
        var read = await pipe.Input.ReadAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, read.Buffer.Length);
    }

    [Fact]
    public async Task Dispose_SendsWhatWasFlushed_AndEndsTheStream()
    {
        var stream = new PairedStream(_toPipe.Reader, _fromPipe.Writer);
        var pipe = new StreamDuplexPipe(stream);
        await pipe.Output.WriteAsync(new byte[] { 1, 2, 3 }, TestContext.Current.CancellationToken);
        await pipe.DisposeAsync();
        var bytes = new MemoryStream();
        await _fromPipe.Reader.CopyToAsync(bytes, TestContext.Current.CancellationToken);
        Assert.Equal([1, 2, 3], bytes.ToArray());
    }

    [Fact]
    public async Task Abort_EndsBothDirections()
    {
        await using var pipe = new StreamDuplexPipe(new PairedStream(_toPipe.Reader, _fromPipe.Writer));
        var reading = pipe.Input.ReadAsync(TestContext.Current.CancellationToken).AsTask();
        pipe.Abort();
        try
        {
            Assert.True((await reading).IsCompleted);
        }
        catch (IOException exception)
        {
            Assert.Equal("disposed", exception.Message);
        }
    }

    /// <summary>A stream over two pipes that fails its reads when it is disposed, as a socket's does.</summary>
    private sealed class PairedStream(PipeReader reader, PipeWriter writer) : Stream
    {
        private readonly Stream _input = reader.AsStream();
        private readonly Stream _output = writer.AsStream();

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!buffer.IsEmpty)
            {
                return await _input.ReadAsync(buffer, cancellationToken);
            }

            // A read of nothing waits for something, as on sockets.
            var read = await reader.ReadAsync(cancellationToken);
            reader.AdvanceTo(read.Buffer.Start);
            return read.IsCanceled ? throw new IOException("disposed") : 0;
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => _output.WriteAsync(buffer, cancellationToken);

        public override Task FlushAsync(CancellationToken cancellationToken) => _output.FlushAsync(cancellationToken);

        public override void Flush() => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            reader.CancelPendingRead();
            writer.Complete();
            base.Dispose(disposing);
        }
    }
}
