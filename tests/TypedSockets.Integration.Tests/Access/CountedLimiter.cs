using System.Threading.RateLimiting;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>A limiter that lets so many events through, and then none; it has no clock.</summary>
internal sealed class CountedLimiter(int permits, TimeSpan? retryAfter = null) : RateLimiter
{
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly int _permits = permits;
    private int _left = permits;

    public Task Disposed => _disposed.Task.WaitAsync(TimeSpan.FromSeconds(30));

    public bool IsDisposed => _disposed.Task.IsCompleted;

    public override TimeSpan? IdleDuration => _left == _permits ? TimeSpan.Zero : null;

    private TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>How many leases are held at this moment.</summary>
    public int Held { get; private set; }

    public void Allow(int more) => Interlocked.Add(ref _left, more);

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        var isAcquired = Interlocked.Add(ref _left, -permitCount) >= 0;
        if (!isAcquired)
        {
            Interlocked.Add(ref _left, permitCount);
        }

        return new Lease(this, isAcquired);
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody waits.");

    protected override void Dispose(bool disposing)
    {
        _disposed.TrySetResult();
        base.Dispose(disposing);
    }

    private sealed class Lease : RateLimitLease
    {
        private readonly CountedLimiter _limiter;

        public Lease(CountedLimiter limiter, bool isAcquired)
        {
            _limiter = limiter;
            IsAcquired = isAcquired;
            _limiter.Held += isAcquired ? 1 : 0;
        }

        public override bool IsAcquired { get; }

        public override IEnumerable<string> MetadataNames => [MetadataName.RetryAfter.Name];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = _limiter.RetryAfter;
            return metadataName == MetadataName.RetryAfter.Name && metadata is not null;
        }

        protected override void Dispose(bool disposing)
        {
            _limiter.Held -= IsAcquired ? 1 : 0;
            base.Dispose(disposing);
        }
    }
}
