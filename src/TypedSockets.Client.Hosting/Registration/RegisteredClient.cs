using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace TypedSockets.Client;

/// <summary>
/// A client of the host: its socket, and the proxies of its contracts. Proxies are there before handlers are made, since a handler may well want to call the server. Safe for
/// concurrent use.
/// </summary>
internal sealed class RegisteredClient : IAsyncDisposable
{
    private readonly string _name;
    private readonly Lock _gate = new();
    private readonly Dictionary<ClientContract, object> _proxies = [];
    private readonly List<Action> _attachHandlers = [];
    private bool _isAttaching;

    /// <exception cref="OptionsValidationException">The options are not valid.</exception>
    /// <exception cref="InvalidOperationException">Two contracts claim one namespace.</exception>
    public RegisteredClient(IServiceProvider services, string name)
    {
        _name = name;
        Options = services.GetRequiredService<IOptionsMonitor<TypedSocketClientOptions>>().Get(name);
        // Not null: the options have been validated.
        Socket = new TypedSocket(Options.Address!, Options.Socket);
        foreach (var contract in services.GetKeyedServices<ClientContract>(name))
        {
            _proxies.Add(contract, contract.Open(Socket, services, out var attachHandler));
            _attachHandlers.Add(attachHandler);
        }
    }

    public TypedSocketClientOptions Options { get; }

    /// <summary>The socket, whose handlers may not have been made; it must not be connected before <see cref="GetReady"/>.</summary>
    public TypedSocket Socket { get; }

    public object ProxyOf(ClientContract contract) => _proxies[contract];

    /// <summary>Returns the socket with all its handlers.</summary>
    /// <exception cref="InvalidOperationException">A handler that is being made asks for it.</exception>
    public TypedSocket GetReady()
    {
        lock (_gate)
        {
            if (_isAttaching)
            {
                throw new InvalidOperationException($"The socket of {ClientName.Show(_name)} is asked for by one of its own handlers, which must be made before it: let the handler ask for the contract, or for the socket when it is called.");
            }

            _isAttaching = true;
            try
            {
                _attachHandlers.ForEach(attachHandler => attachHandler());
                _attachHandlers.Clear();
            }
            finally
            {
                _isAttaching = false;
            }

            return Socket;
        }
    }

    public ValueTask DisposeAsync() => Socket.DisposeAsync();
}
