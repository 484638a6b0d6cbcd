using System.Globalization;
using System.Runtime.CompilerServices;

namespace TypedSockets.Generators.Tests.Payloads;

/// <summary>Keeps what it was called with, as text.</summary>
internal sealed class CallsHandler : ICallsServer
{
    /// <summary>The last call; null when there was none.</summary>
    public string? Last { get; private set; }

    public CancellationToken Token { get; private set; }

    public void OneWay(string text) => Record([text]);

    public void OneWayWithToken(CancellationToken cancellationToken) => Record([]);

    public Task Acknowledged(CancellationToken cancellationToken = default)
    {
        Token = cancellationToken;
        Record([]);
        return Task.CompletedTask;
    }

    public async ValueTask AcknowledgedByValue(int number)
    {
        await Task.Yield();
        Record([number]);
    }

    public Task<int> Reply(int number, CancellationToken cancellationToken = default) => Task.FromResult(number + 1);

    public ValueTask<string?> ReplyOrNull(string? text) => new(text is null ? null : text + "!");

    public void Defaults(
        string text,
        int number,
        long large,
        float ratio,
        double half,
        decimal price,
        char letter,
        string quoted,
        bool flag,
        byte small,
        Color color,
        Color? maybe,
        int? optional,
        string? nothing,
        TimeSpan span,
        string? something) =>
        Record([text, number, large, ratio, half, price, letter, quoted, flag, small, color, maybe, optional, nothing, span, something]);

    public void Names(string sender, int _sender, string handler, int _handler, bool reader, bool call, bool count, bool writer, string @class, int ServerEvents) =>
        Record([sender, _sender, handler, _handler, reader, call, count, writer, @class, ServerEvents]);

    public void ToString(int number) => Record([number]);

    public void Overload(int number) => Record([number]);

    public void Overload(string text) => Record([text]);

    public void Shared(int number) => Record([number]);

    private void Record(object?[] arguments, [CallerMemberName] string method = "") =>
        Last = $"{method}({string.Join(", ", arguments.Select(argument => Convert.ToString(argument, CultureInfo.InvariantCulture)))})";
}
