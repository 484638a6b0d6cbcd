using TypedSockets.Events;
using TypedSockets.Formats;
using TypedSockets;

namespace Samples.TSOCK0207;

#if VIOLATION
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Money money);
}

[PayloadFormatter(typeof(MoneyCodec))]
public readonly record struct Money(decimal Amount);

public readonly struct MoneyCodec : IPayloadCodec<decimal>
{
    public static void Write<TWriter>(ref TWriter writer, decimal value) where TWriter : struct, IFormatWriter, allows ref struct =>
        writer.WriteDecimal(value);

    public static decimal Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct => reader.ReadDecimal();
}
#else
[EventContract("/chat")]
public partial interface IChatServer : IServerEvents<IChatServer, IChatClient>
{
    void Say(Money money);
}

[PayloadFormatter(typeof(MoneyCodec))]
public readonly record struct Money(decimal Amount);

public readonly struct MoneyCodec : IPayloadCodec<Money>
{
    public static void Write<TWriter>(ref TWriter writer, Money value) where TWriter : struct, IFormatWriter, allows ref struct =>
        writer.WriteDecimal(value.Amount);

    public static Money Read<TReader>(ref TReader reader) where TReader : struct, IFormatReader, allows ref struct => new(reader.ReadDecimal());
}
#endif

public interface IChatClient : IClientEvents
{
    void Said(string text);
}
