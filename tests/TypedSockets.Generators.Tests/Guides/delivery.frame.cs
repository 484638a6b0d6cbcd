// program
[EventContract("/map")]
public partial interface IMapServer : IServerEvents<IMapServer, IMapClient>;

// block 1

public sealed record Line(long Id, string Who, string Text);

public static class Program
{
    public static void Main()
    {
    }
}
