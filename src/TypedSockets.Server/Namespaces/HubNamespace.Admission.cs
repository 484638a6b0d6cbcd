using TypedSockets.Server.Recovery;

namespace TypedSockets.Server.Namespaces;

// Whether a client may connect, where somebody is asked.
internal sealed partial class HubNamespace<TClient, THub>
{
    private async ValueTask AdmitAsync(THub hub, HubMember member)
    {
        // Whoever comes back may have lost what the attributes ask for, so that is never skipped.
        if (Pipeline.Authorization is not null && !await TryDecideAsync(member, Authorize, () => AuthorizeAsync(member)))
        {
            return;
        }

        var returning = member.RecoveryRequest;
        if (returning is not null && Recovery!.SkipsAuthentication && await TryRecoverAsync(hub, member, returning))
        {
            return;
        }

        const string OnConnecting = nameof(IAuthenticateClients<object>.OnConnecting);
        if (Authentication is { } authentication
            && !await TryDecideAsync(member, OnConnecting, () => authentication.DecideAsync(hub, member.Auth, member.Channel.GetEndedToken())))
        {
            return;
        }

        if (returning is not null && !Recovery!.SkipsAuthentication && await TryRecoverAsync(hub, member, returning))
        {
            return;
        }

        if (member.Connection.TryAdmit(member) is { } connected)
        {
            Join(hub, member);
            await ConnectAsync(hub, member, connected);
        }
    }

    private async ValueTask<bool> TryRecoverAsync(THub hub, HubMember member, RecoveryRequest request)
    {
        if (await Recovery!.TryRecoverAsync(member, request) is not { } connected)
        {
            return false;
        }

        hub.Join(Proxies);
        member.HasJoined = true;
        await ConnectAsync(hub, member, connected);
        return true;
    }

    /// <summary>Decides whether the client may connect. Returns that; if not, it has been told.</summary>
    private static async ValueTask<bool> TryDecideAsync(HubMember member, string step, Func<ValueTask<Unauthorized?>> decide)
    {
        try
        {
            var refusal = await decide();
            if (member.Channel.Ended is not null)
            {
                return false;
            }

            if (refusal is not null)
            {
                member.Connection.TryRefuse(member, refusal);
            }

            return refusal is null;
        }
        catch (Exception exception)
        {
            if (exception is not OperationCanceledException || member.Channel.Ended is null)
            {
                member.Fail($"{typeof(THub).Name}.{step}", exception);
            }

            return false;
        }
    }
}
