namespace Observability;

/// <summary>A customer who means everything but hats.</summary>
public sealed class Customer : IShopClient
{
    private readonly TaskCompletionSource _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when something has been ordered.</summary>
    public Task Delivered => _delivered.Task;

    /// <inheritdoc/>
    public ValueTask<bool> Confirm(string what, CancellationToken cancellationToken) => new(what != "hat");

    /// <inheritdoc/>
    public void Ordered(string what) => _delivered.TrySetResult();
}
