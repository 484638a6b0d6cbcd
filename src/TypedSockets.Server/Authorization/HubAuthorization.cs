using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using TypedSockets.Server.Namespaces;

namespace TypedSockets.Server.Authorization;

/// <summary>What a hub, or one of its events, asks of the user: the policy that its attributes come to. Safe for concurrent use.</summary>
internal sealed class HubAuthorization
{
    private readonly IAuthorizationPolicyProvider _provider;
    private readonly IAuthorizeData[] _data;
    private readonly AuthorizationPolicy? _requirements;

    // Null where the provider has another policy each time.
    private readonly Task<AuthorizationPolicy>? _policy;

    private HubAuthorization(IAuthorizationPolicyProvider provider, IAuthorizeData[] data, AuthorizationPolicy? requirements)
    {
        _provider = provider;
        _data = data;
        _requirements = requirements;
        if (provider.AllowsCachingPolicies)
        {
            _policy = CombineAsync();
            if (_policy.IsFaulted)
            {
                // A policy that does not exist keeps the server from starting.
                _policy.GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>Reads the attributes of a hub or of its method. Returns null when they ask for nothing.</summary>
    /// <param name="attributes">The attributes, inherited ones included.</param>
    /// <param name="subject">Whose they are, for messages.</param>
    /// <param name="services">The services of the application.</param>
    /// <exception cref="InvalidOperationException">They ask for authorization, which the application has not added, or for a policy that it does not have.</exception>
    public static HubAuthorization? Of(object[] attributes, string subject, IServiceProvider services)
    {
        IAuthorizeData[] data = [.. attributes.OfType<IAuthorizeData>()];
        IAuthorizationRequirement[] requirements = [.. attributes.OfType<IAuthorizationRequirementData>().SelectMany(static attribute => attribute.GetRequirements())];
        if ((data.Length == 0 && requirements.Length == 0) || attributes.Any(static attribute => attribute is IAllowAnonymous))
        {
            return null;
        }

        var provider = services.GetService<IAuthorizationPolicyProvider>()
            ?? throw new InvalidOperationException($"{subject} asks for authorization, which the application has not added: call builder.Services.AddAuthorization().");
        return new HubAuthorization(provider, data, requirements.Length == 0 ? null : new AuthorizationPolicy(requirements, []));
    }

    /// <summary>Asks whether the user of a client may do something. Returns null for yes.</summary>
    /// <param name="member">The client.</param>
    /// <param name="resource">What it is about, for the policy's handlers.</param>
    public async ValueTask<RemoteFault?> RefuseAsync(HubMember member, object resource)
    {
        var user = member.Connection.Client.User;
        var policy = await (_policy ?? CombineAsync());
        // From the client's own scope: handlers may need services that have one.
        var result = await member.Services.GetRequiredService<IAuthorizationService>().AuthorizeAsync(user, resource, policy);
        if (result.Succeeded)
        {
            return null;
        }

        return user.Identities.Any(static identity => identity.IsAuthenticated) ? RemoteFault.Forbidden : RemoteFault.Unauthenticated;
    }

    /// <summary>Lets an event through, or refuses it.</summary>
    /// <exception cref="EventRefusedException">The user may not send it.</exception>
    public async ValueTask AskAsync(HubEventContext context, Func<HubEventContext, ValueTask> next)
    {
        if (await RefuseAsync(context.Member, context) is { } fault)
        {
            throw new EventRefusedException(fault);
        }

        await next(context);
    }

    private async Task<AuthorizationPolicy> CombineAsync()
    {
        // Null without data alone, and then there are requirements.
        var policy = await AuthorizationPolicy.CombineAsync(_provider, _data);
        return (policy, _requirements) switch
        {
            (null, { } alone) => alone,
            ({ } named, null) => named,
            _ => AuthorizationPolicy.Combine(policy!, _requirements!),
        };
    }
}
