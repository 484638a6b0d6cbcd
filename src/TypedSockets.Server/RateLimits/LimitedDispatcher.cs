using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.RateLimits;

/// <summary>Stands before the generated dispatcher of a client with limits, and lets through what they allow. What is above them is not decoded.</summary>
internal sealed class LimitedDispatcher(EventDispatcher dispatcher, HubMember member, MemberLimits limits) : EventDispatcher
{
    private delegate ValueTask Next<TReader>(EventDispatcher dispatcher, int eventId, ref TReader reader, EventCall call) where TReader : struct, IFormatReader, allows ref struct;

    public override bool MayAsk => dispatcher.MayAsk;

    public override object? GetConcurrencyKey(int eventId, ref MessagePackReader reader) => dispatcher.GetConcurrencyKey(eventId, ref reader);

    public override object? GetConcurrencyKey(int eventId, ref JsonReader reader) => dispatcher.GetConcurrencyKey(eventId, ref reader);

    public override ValueTask Dispatch(int eventId, ref MessagePackReader reader, EventCall call) =>
        Dispatch(eventId, ref reader, call, static (EventDispatcher dispatcher, int eventId, ref MessagePackReader reader, EventCall call) => dispatcher.Dispatch(eventId, ref reader, call));

    public override ValueTask Dispatch(int eventId, ref JsonReader reader, EventCall call) =>
        Dispatch(eventId, ref reader, call, static (EventDispatcher dispatcher, int eventId, ref JsonReader reader, EventCall call) => dispatcher.Dispatch(eventId, ref reader, call));

    private ValueTask Dispatch<TReader>(int eventId, ref TReader reader, EventCall call, Next<TReader> next) where TReader : struct, IFormatReader, allows ref struct
    {
        EventLease lease;
        EventRefusedException? refusal;
        bool isAcquired;
        try
        {
            isAcquired = limits.TryAcquire(member, out lease, out refusal);
        }
        catch
        {
            // A limiter that fails is no fault of the client's, as arguments that are left unread would be.
            Skip(ref reader);
            throw;
        }

        if (!isAcquired)
        {
            Skip(ref reader);
            return refusal is null ? default : call.Refuse(refusal);
        }

        try
        {
            return Finish(next(dispatcher, eventId, ref reader, call), lease);
        }
        catch
        {
            lease.Dispose();
            throw;
        }
    }

    // What is no packet ends the session all the same.
    private static void Skip<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct
    {
        reader.Skip();
        reader.Complete();
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
