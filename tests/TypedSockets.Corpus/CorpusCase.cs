using TypedSockets.Events;

namespace TypedSockets.Corpus;

/// <summary>One value of one type, as an event carries it.</summary>
/// <param name="name">What it shows; unique in the corpus.</param>
public abstract class CorpusCase(string name)
{
    public string Name { get; } = name;

    /// <summary>The type that the event declares.</summary>
    public abstract Type Type { get; }

    /// <summary>What another serializer would be given; null for null.</summary>
    public abstract object? Content { get; }

    /// <summary>Whether elements may come in another order when they are read: as in sets that are ordered by hash.</summary>
    public bool IsUnordered { get; init; }

    /// <summary>Whether a reader gets something else on purpose, such as the default of a member that does not travel.</summary>
    public bool IsLossy { get; init; }

    /// <summary>The payload of the event: an array of one, the value.</summary>
    public abstract byte[] Encode(CorpusFormat format);

    /// <summary>Reads a payload, writes what it holds again, and returns the value and the bytes.</summary>
    public abstract (object? Value, byte[] Payload) Decode(CorpusFormat format, byte[] payload);

    /// <summary>Sends the value through a generated proxy.</summary>
    public abstract void Send(EventSender sender);

    public override string ToString() => Name;
}

/// <inheritdoc/>
internal sealed class CorpusCase<T>(string name, T value, Func<ICorpusServer, T, ValueTask<T>> send) : CorpusCase(name)
{
    public override Type Type => typeof(T);

    public override object? Content => value;

    public override byte[] Encode(CorpusFormat format)
    {
        var sender = new CorpusSender(format);
        Send(sender, value);
        return sender.Arguments;
    }

    public override (object? Value, byte[] Payload) Decode(CorpusFormat format, byte[] payload)
    {
        var read = Send(new CorpusSender(format) { Received = payload }, value);
        var again = new CorpusSender(format);
        Send(again, read);
        return (read, again.Arguments);
    }

    public override void Send(EventSender sender) => _ = send(ICorpusServer.Contract.CreateServerProxy(sender), value).AsTask();

    private T Send(CorpusSender sender, T sent)
    {
        var sending = send(ICorpusServer.Contract.CreateServerProxy(sender), sent);
        return sending.IsCompletedSuccessfully ? sending.Result : sending.AsTask().GetAwaiter().GetResult();
    }
}
