using System.Threading.Channels;
using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets.Protocol.Channels;
using TypedSockets.Protocol.Codecs;
using TypedSockets.Protocol.Observability;

namespace TypedSockets.Server.Namespaces;

/// <summary>An event with an answer that many clients are asked. Disposing of it gives up those who have not answered. Sending is for one thread; answers come on any.</summary>
internal sealed class Question<TResult> : IDisposable
{
    private readonly Channel<Answer<TResult>> _answers = Channel.CreateUnbounded<Answer<TResult>>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _givenUp = new();

    // One is the sending itself, so that the first answers do not end the question before the last client is asked.
    private int _open = 1;
    private bool _isAsked;

    public Question(BroadcastSender broadcast) => Sender = new QuestionSender(this, broadcast);

    /// <summary>Takes the one event that is asked.</summary>
    public EventSender Sender { get; }

    public ChannelReader<Answer<TResult>> Answers => _answers.Reader;

    public void Dispose()
    {
        _givenUp.Cancel();
        _givenUp.Dispose();
    }

    private void Add(Answer<TResult> answer)
    {
        _answers.Writer.TryWrite(answer);
        Close();
    }

    private void Close()
    {
        if (Interlocked.Decrement(ref _open) == 0)
        {
            _answers.Writer.Complete();
        }
    }

    private sealed class QuestionSender(Question<TResult> question, BroadcastSender broadcast) : EventSender
    {
        public override void Send<TArguments>(int eventId, in TArguments arguments) => throw NotOneAnswer(eventId);

        public override ValueTask Request<TArguments>(int eventId, in TArguments arguments, CancellationToken cancellationToken) => throw NotOneAnswer(eventId);

        public override ValueTask<T> Request<TArguments, T, TCodec>(int eventId, in TArguments arguments, CancellationToken cancellationToken)
        {
            if (question._isAsked || question is not Question<T> typed)
            {
                throw NotOneAnswer(eventId);
            }

            question._isAsked = true;
            var asking = new Asking<T, TCodec>(typed, broadcast, eventId);
            broadcast.Send(eventId, PendingRequests.NextShared(), arguments, ref asking);
            question.Close();
            return default;
        }

        public override ValueTask<T> Request<TArguments, T, TCodec>(int eventId, in TArguments arguments, StreamSource[] streams, CancellationToken cancellationToken) => throw NotOneAnswer(eventId);

        public override EventSender WithTimeout(TimeSpan timeout) => new QuestionSender(question, (BroadcastSender)broadcast.WithTimeout(timeout));

        private InvalidOperationException NotOneAnswer(int eventId) =>
            new($"A question to many clients calls one event with an answer, once, and returns what it returns; it called '{broadcast.NameOf(eventId)}'.");
    }

    /// <summary>Expects an answer of each client before it is asked.</summary>
    private readonly struct Asking<T, TCodec>(Question<T> question, BroadcastSender broadcast, int eventId) : IDelivery
        where TCodec : struct, IPayloadCodec<T>
    {
        public bool Deliver(HubMember member, uint? ackId, ReadOnlySpan<byte> packet, ReadOnlySpan<byte[]> attachments)
        {
            var answer = new PendingAnswer<T, TCodec>(question, member, eventId, broadcast.TimeoutOf(eventId), broadcast.BeginAnswer(eventId, member));
            Interlocked.Increment(ref question._open);
            try
            {
                answer.RegisterShared(ackId!.Value); // A question always has a number.
            }
            catch (Exception exception) when (exception is DisconnectedException or InvalidOperationException)
            {
                answer.Fail(exception);
                return false;
            }

            member.Send(packet, attachments);
            answer.LinkTo(question._givenUp.Token);
            return true;
        }
    }

    private sealed class PendingAnswer<T, TCodec>(Question<T> question, HubMember member, int eventId, AnswerTimeout timeout, ObservedRequest? observed)
        : PendingRequest(member.Channel.GetPending(), member.Namespace.Shape, member.Namespace.Shape.ClientEvents[eventId], timeout)
        where TCodec : struct, IPayloadCodec<T>
    {
        protected override void SetResult(scoped PayloadBytes payload, PayloadLimits limits)
        {
            var answer = new Answer<T>(member.Shown, ResultReader.Read<T, TCodec>(payload, limits));
            observed?.End(null);
            question.Add(answer);
        }

        protected override void SetException(Exception exception)
        {
            observed?.End(exception);
            question.Add(new Answer<T>(member.Shown, exception));
        }
    }
}
