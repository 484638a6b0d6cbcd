using System.Text.Json;
using System.Threading.Tasks.Sources;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Channels;

/// <summary>A request without a contract, whose answer is whatever the peer acknowledges it with.</summary>
internal sealed class PendingDynamic(PendingRequests owner, string @event, TimeSpan timeout) : PendingRequest(owner, @event, timeout), IValueTaskSource<DynamicArguments>
{
    private ManualResetValueTaskSourceCore<DynamicArguments> _source = new() { RunContinuationsAsynchronously = true };

    public ValueTask<DynamicArguments> Task => new(this, _source.Version);

    public DynamicArguments GetResult(short token) => _source.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) => _source.OnCompleted(continuation, state, token, flags);

    protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits)
    {
        try
        {
            _source.SetResult(DynamicArguments.Parse(payload.Bytes, payload.Attachments, limits));
        }
        catch (JsonException exception)
        {
            throw new PayloadException($"The acknowledgement of '{Event}' cannot be read.", exception);
        }
    }

    protected override void SetException(Exception exception) => _source.SetException(exception);
}
