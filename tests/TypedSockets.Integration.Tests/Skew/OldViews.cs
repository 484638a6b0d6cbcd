extern alias OldBuild;

using OldBuild::Skew;

namespace TypedSockets.Integration.Tests.Skew;

/// <summary>What a client of the older build is told.</summary>
public sealed class OldViews(SkewLog log) : IShopClient, IRatingClient, IVaultClient
{
    void IShopClient.Told(string text) => log.Told(text);

    public void Announced(string text) => log.Told($"announced {text}");

    public void Rated(string what, string by) => log.Told($"rated {what} {by}");

    void IRatingClient.Told(string text) => log.Told(text);
}
