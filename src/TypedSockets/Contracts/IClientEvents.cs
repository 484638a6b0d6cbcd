namespace TypedSockets;

/// <summary>The base of an interface that declares the events a client handles; the server raises them. It is named as the second argument of <see cref="IServerEvents{TSelf, TClient}"/>.</summary>
public interface IClientEvents;
