using System.Diagnostics.CodeAnalysis;

namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>One event for each way to answer and each way to take parameters, with names that generated code has to step around.</summary>
[EventContract]
public partial interface ICallsServer : IServerEvents<ICallsServer, ICallsClient>, ISharedEvents
{
    void OneWay(string text);

    void OneWayWithToken(CancellationToken cancellationToken);

    Task Acknowledged(CancellationToken cancellationToken = default);

    ValueTask AcknowledgedByValue(int number);

    Task<int> Reply(int number, CancellationToken cancellationToken = default);

    ValueTask<string?> ReplyOrNull(string? text);

    string Describe() => "A method with a body is no event.";

    void Defaults(
        string text,
        int number = -7,
        long large = long.MinValue,
        float ratio = float.NaN,
        double half = 0.5,
        decimal price = 1.50m,
        char letter = '\'',
        string quoted = "\"\\\n",
        bool flag = true,
        byte small = 3,
        Color color = Color.Green,
        Color? maybe = Color.Green,
        int? optional = null,
        string? nothing = null,
        TimeSpan span = default,
        string? something = "something");

    [SuppressMessage("Naming", "CA1707", Justification = "The subject.")]
    void Names(string sender, int _sender, string handler, int _handler, bool reader, bool call, bool count, bool writer, string @class, int ServerEvents);

    void ToString(int number);

    [Event("overload-1")]
    void Overload(int number);

    [Event("overload-2")]
    void Overload(string text);
}

public interface ICallsClient : IClientEvents, ISharedEvents
{
    void OneWay(string text);
}

/// <summary>Events that both directions share.</summary>
public interface ISharedEvents
{
    void Shared(int number);
}
