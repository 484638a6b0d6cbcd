using System.Diagnostics.CodeAnalysis;
using TypedSockets.Client.Transports;
using TypedSockets.Client.Transports.Polling;
using TypedSockets.Protocol.Connections;
using TypedSockets.Protocol.Packets;
using TypedSockets.Protocol.Upgrades;

namespace TypedSockets.Client.Upgrades;

/// <summary>The client's end of an upgrade: opens the new transport beside HTTP long-polling, proves it, lets polling go quiet, and moves.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "The source has no timer and no wait handle, and is cancelled by whoever ends the upgrade, at any time.")]
internal sealed class ClientProbe : Probe
{
    private static readonly byte[] s_probe = [(byte)PacketType.Ping, .. "probe"u8];
    private static readonly byte[] s_upgrade = [(byte)PacketType.Upgrade];

    private readonly ClientPollingTransport _old;
    private readonly ClientUpgrade _upgrade;
    private readonly CancellationTokenSource _ending = new();

    public ClientProbe(Connection connection, ClientPollingTransport old, TimeSpan upgradeTimeout, TimeSpan closeTimeout)
        : this(connection, old, new ClientUpgrade(upgradeTimeout), closeTimeout)
    {
    }

    private ClientProbe(Connection connection, ClientPollingTransport old, ClientUpgrade upgrade, TimeSpan closeTimeout) : base(connection, upgrade, closeTimeout)
    {
        _old = old;
        _upgrade = upgrade;
    }

    /// <summary>Tries once. Completes when nothing came of it, or when the session that moved is over.</summary>
    public async Task RunAsync(ITransportDialer dialer, DialRequest request)
    {
        // Off the receive loop, which has the open packet in hand.
        await Task.Yield();
        if (Connection.TryBeginUpgrade(this))
        {
            Connection.OnUpgrade(new Upgrading(_old.Kind, dialer.Kind));
            Begin();
            await ProbeAsync(dialer, request).ConfigureAwait(false);
        }
    }

    private protected override void ApplyOwn(UpgradeActions actions)
    {
        if (actions.HasFlag(UpgradeActions.SendProbe))
        {
            New!.SendText(s_probe);
        }

        if (actions.HasFlag(UpgradeActions.PauseOld))
        {
            _old.PauseForUpgrade(() => Input(_ => _upgrade.Paused()));
        }

        if (actions.HasFlag(UpgradeActions.ResumeOld))
        {
            _old.ResumeAfterUpgrade();
        }

        if (actions.HasFlag(UpgradeActions.CloseNew) && New is null)
        {
            // Still being opened.
            _ending.Cancel();
        }
    }

    private async Task ProbeAsync(ITransportDialer dialer, DialRequest request)
    {
        DialedTransport dialed;
        try
        {
            dialed = await dialer.DialAsync(request, _ending.Token).ConfigureAwait(false);
        }
        catch (DisconnectedException exception)
        {
            Fail(exception.Reason);
            GiveUp();
            return;
        }
        catch (OperationCanceledException)
        {
            GiveUp();
            return;
        }

        try
        {
            Attach(dialed.Transport);
            Input(_ => _upgrade.Opened());
            if (!IsRunning)
            {
                // It failed while the transport was being opened.
                await CloseAsync(dialed.Transport).ConfigureAwait(false);
            }
            else if (await MoveToAsync(dialed.Transport, s_upgrade).ConfigureAwait(false))
            {
                await Connection.Completion.ConfigureAwait(false);
            }
        }
        finally
        {
            if (dialed.Resources is { } resources)
            {
                await resources.DisposeAsync().ConfigureAwait(false);
            }
        }
    }
}
