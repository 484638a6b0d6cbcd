using TypedSockets;

namespace Samples.TSOCK0121;

#if VIOLATION
[EventContract("/map")]
public partial interface IMapServer : IServerEvents<IMapServer, IMapClient>
{
    void Move([ConflationKey] string who, double x, double y);
}
#else
[EventContract("/map")]
public partial interface IMapServer : IServerEvents<IMapServer, IMapClient>
{
    [Event(Delivery = Delivery.Latest)]
    void Move([ConflationKey] string who, double x, double y);
}
#endif

public interface IMapClient : IClientEvents
{
    void Moved(string who, double x, double y);
}
