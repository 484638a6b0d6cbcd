using System.Threading.RateLimiting;

namespace TypedSockets.Integration.Tests.Access;

/// <summary>A limiter that is broken.</summary>
/// <param name="isAsked">Whether it fails when it is asked for a permit; otherwise when it is disposed.</param>
internal sealed class FailingLimiter(bool isAsked) : RateLimiter
{
    public override TimeSpan? IdleDuration => null;

    public override RateLimiterStatistics? GetStatistics() => null;

    protected override RateLimitLease AttemptAcquireCore(int permitCount) => isAsked ? throw new InvalidOperationException("Nobody counts today.") : new Lease();

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken) => throw new NotSupportedException("Nobody waits.");

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (!isAsked)
        {
            throw new InvalidOperationException("Nobody tidies up today.");
        }
    }

    private sealed class Lease : RateLimitLease
    {
        public override bool IsAcquired => true;

        public override IEnumerable<string> MetadataNames => [];

        public override bool TryGetMetadata(string metadataName, out object? metadata)
        {
            metadata = null;
            return false;
        }
    }
}
