using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.RateLimits;

/// <summary>Stands before the generated dispatcher of a client with limits, and lets through what they allow. What is above them is not decoded.</summary>
internal sealed class LimitedDispatcher(EventDispatcher dispatcher, HubMember member, MemberLimits limits) : EventDispatcher
{
    public override bool MayAsk => dispatcher.MayAsk;

    public override object? GetConcurrencyKey(int eventId, ref MessagePackReader reader) => dispatcher.GetConcurrencyKey(eventId, ref reader);

    public override object? GetConcurrencyKey(int eventId, ref JsonReader reader) => dispatcher.GetConcurrencyKey(eventId, ref reader);

    public override ValueTask Dispatch(int eventId, ref MessagePackReader reader, EventCall call)
    {
        if (!TryBegin(ref reader, call, out var lease, out var refused))
        {
            return refused;
        }

        try
        {
            return Finish(dispatcher.Dispatch(eventId, ref reader, call), lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    public override ValueTask Dispatch(int eventId, ref JsonReader reader, EventCall call)
    {
        if (!TryBegin(ref reader, call, out var lease, out var refused))
        {
            return refused;
        }

        try
        {
            return Finish(dispatcher.Dispatch(eventId, ref reader, call), lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    private bool TryBegin<TReader>(ref TReader reader, EventCall call, out EventLease lease, out ValueTask refused) where TReader : struct, IFormatReader, allows ref struct
    {
        refused = default;
        if (limits.TryAcquire(member, out lease, out var refusal))
        {
            return true;
        }

        // What is no packet ends the session all the same.
        reader.Skip();
        reader.Complete();
        refused = refusal is null ? default : call.Refuse(refusal);
        return false;
    }

    // A limiter may count what runs at a time.
    private static ValueTask Finish(ValueTask handled, EventLease lease)
    {
        if (!handled.IsCompletedSuccessfully)
        {
            return Await(handled, lease);
        }

        lease.Dispose();
        return handled;

        static async ValueTask Await(ValueTask handled, EventLease lease)
        {
            using (lease)
            {
                await handled;
            }
        }
    }
}
