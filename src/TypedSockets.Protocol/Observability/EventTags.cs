namespace TypedSockets.Protocol.Observability;

/// <summary>The tags of one event in one direction, made once, so that measuring allocates nothing.</summary>
internal sealed class EventTags
{
    public EventTags(string contract, string @event, string direction)
    {
        Name = $"{contract}.{@event}";
        var of = KeyValuePair.Create(Telemetry.Contract, (object?)contract);
        var method = KeyValuePair.Create(Telemetry.Method, (object?)(@event == Telemetry.Other ? Telemetry.Other : Name));
        Method = [of, method];
        MethodAndDirection = [of, method, KeyValuePair.Create(Telemetry.Direction, (object?)direction)];
        Activity = [KeyValuePair.Create(Telemetry.System, (object?)Telemetry.SystemName), of, method];
    }

    /// <summary>The event, as <c>Contract.Event</c>.</summary>
    public string Name { get; }

    public KeyValuePair<string, object?>[] Method { get; }

    public KeyValuePair<string, object?>[] MethodAndDirection { get; }

    public KeyValuePair<string, object?>[] Activity { get; }

    public KeyValuePair<string, object?>[] WithError(string errorType) => [.. Method, KeyValuePair.Create(Telemetry.ErrorType, (object?)errorType)];
}
