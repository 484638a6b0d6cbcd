using System.Text.Json;
using System.Threading.Tasks.Sources;
using TypedSockets.Formats;
using TypedSockets.Protocol.Codecs;

namespace TypedSockets.Protocol.Channels;

/// <summary>A request without a contract, whose answer is whatever the peer acknowledges it with.</summary>
internal sealed class PendingDynamic(PendingRequests owner, ContractShape contract, string name, AnswerTimeout timeout)
    : PendingValue<DynamicArguments>(owner, contract, new EventShape(name, 0), timeout), IValueTaskSource<DynamicArguments>
{
    public ValueTask<DynamicArguments> Task => new(this, Version);

    protected override DynamicArguments Read(scoped PayloadBytes payload, PayloadLimits limits)
    {
        try
        {
            return DynamicArguments.Parse(payload.Bytes, payload.Attachments, limits);
        }
        catch (JsonException exception)
        {
            throw new PayloadException($"The acknowledgement of '{Event}' cannot be read.", exception);
        }
    }
}
