using System.IO.Pipelines;

namespace TypedSockets.Protocol.Transports;

/// <summary>
/// A pair of pipes over a stream that carries both directions, for where there is no connection pipe to be had. Both are real <see cref="Pipe"/>s with a pump to the stream: so the
/// output may be written to while a flush is pending, and cancelling a pending read of the input leaves the stream alone (cancelling a read of an upgraded HTTP stream cuts the
/// connection).
/// </summary>
internal sealed class StreamDuplexPipe : IDuplexPipe, IAsyncDisposable
{
    private const int ReadSize = 4096;

    private readonly Stream _stream;
    private readonly Pipe _input = new(new PipeOptions(readerScheduler: PipeScheduler.Inline, useSynchronizationContext: false));
    private readonly Pipe _output = new(new PipeOptions(useSynchronizationContext: false));
    private readonly Task _receiving;
    private readonly Task _sending;

    public StreamDuplexPipe(Stream stream)
    {
        _stream = stream;
        _receiving = ReceiveAsync();
        _sending = SendAsync();
    }

    public PipeReader Input => _input.Reader;

    public PipeWriter Output => _output.Writer;

    /// <summary>Sends what has been flushed, and ends the stream.</summary>
    public async ValueTask DisposeAsync()
    {
        await _output.Writer.CompleteAsync().ConfigureAwait(false);
        await _sending.ConfigureAwait(false);
        await _input.Reader.CompleteAsync().ConfigureAwait(false);
        await _stream.DisposeAsync().ConfigureAwait(false);
        await _receiving.ConfigureAwait(false);
    }

    /// <summary>Ends the stream without sending what is left.</summary>
    public void Abort() => _stream.Dispose();

    private async Task ReceiveAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                // Waits for data before memory is rented, so an idle connection holds none.
                await _stream.ReadAsync(Memory<byte>.Empty).ConfigureAwait(false);
                var count = await _stream.ReadAsync(_input.Writer.GetMemory(ReadSize)).ConfigureAwait(false);
                if (count == 0)
                {
                    return;
                }

                _input.Writer.Advance(count);
                if ((await _input.Writer.FlushAsync().ConfigureAwait(false)).IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            failure = exception;
        }
        finally
        {
            // Whoever reads sees the failure behind what was received.
            await _input.Writer.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    private async Task SendAsync()
    {
        Exception? failure = null;
        try
        {
            while (true)
            {
                var read = await _output.Reader.ReadAsync().ConfigureAwait(false);
                foreach (var segment in read.Buffer)
                {
                    await _stream.WriteAsync(segment).ConfigureAwait(false);
                }

                await _stream.FlushAsync().ConfigureAwait(false);
                _output.Reader.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            failure = exception;
        }
        finally
        {
            // Whoever writes sees the failure at the next flush.
            await _output.Reader.CompleteAsync(failure).ConfigureAwait(false);
        }
    }

    // What streams throw when the connection below is reset, aborted or disposed.
    private static bool IsEnd(Exception exception) => exception is IOException or InvalidOperationException or OperationCanceledException;
}
