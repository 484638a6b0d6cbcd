namespace TypedSockets.Integration.Tests.Deliveries;

/// <summary>Each delivery in both directions. The filling makes an event as large as the test wants it.</summary>
[EventContract("/flow")]
public partial interface IFlowServer : IServerEvents<IFlowServer, IFlowClient>
{
    [Event(Delivery = Delivery.Latest)]
    void Move([ConflationKey] string who, int number, string filling);

    void Note(int number, string filling);

    ValueTask Hold();
}

public interface IFlowClient : IClientEvents
{
    [Event(Delivery = Delivery.Latest)]
    void Moved([ConflationKey] string who, int number, string filling);

    [Event(Delivery = Delivery.Latest)]
    void State(int number);

    [Event(Delivery = Delivery.Droppable)]
    void Sampled(int number, string filling);

    void Noted(int number, string filling);
}
