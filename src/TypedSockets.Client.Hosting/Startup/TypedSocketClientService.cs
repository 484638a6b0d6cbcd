using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TypedSockets.Client;

/// <summary>Connects a client when the host starts, and closes it when the host stops.</summary>
internal sealed partial class TypedSocketClientService(RegisteredClient client, string name, ILogger logger) : IHostedService
{
    private readonly string _client = ClientName.Show(name);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        client.Socket.Lifecycle.Subscribe(OnChange);
        if (client.Options.Start is TypedSocketClientStart.Manual)
        {
            return;
        }

        var connecting = client.GetReady().ConnectAsync(client.Options.Start is TypedSocketClientStart.Wait ? cancellationToken : CancellationToken.None);
        if (client.Options.Start is TypedSocketClientStart.Wait)
        {
            await connecting.ConfigureAwait(false);
        }
        else
        {
            _ = ObserveAsync(connecting);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => client.Socket.CloseAsync().WaitAsync(cancellationToken);

    private async Task ObserveAsync(Task connecting)
    {
        try
        {
            await connecting.ConfigureAwait(false);
        }
        catch (DisconnectedException exception) when (exception.Reason is ClientDisconnect)
        {
            // Closed before it was connected: the host stops, or the application wants it so.
        }
        catch (Exception exception)
        {
            Log.Failed(logger, _client, exception);
        }
    }

    private void OnChange(ConnectionEvent change)
    {
        switch (change)
        {
            case HandlerFailed failed:
                Log.HandlerFailed(logger, failed.Event, _client, failed.Exception);
                break;
            case Disconnected { WillReconnect: false, Reason: not ClientDisconnect } disconnected:
                Log.Over(logger, _client, disconnected.Reason.Description);
                break;
            default:
                Log.Changed(logger, _client, change);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "{Client}: {Change}")]
        public static partial void Changed(ILogger logger, string client, ConnectionEvent change);

        [LoggerMessage(2, LogLevel.Warning, "{Client} is disconnected and does not come back by itself: {Description}")]
        public static partial void Over(ILogger logger, string client, string description);

        [LoggerMessage(3, LogLevel.Error, "{Client} cannot connect.")]
        public static partial void Failed(ILogger logger, string client, Exception exception);

        [LoggerMessage(4, LogLevel.Error, "The handler of '{Event}' failed on {Client}.")]
        public static partial void HandlerFailed(ILogger logger, string @event, string client, Exception exception);
    }
}
