extern alias NewBuild;

using NewBuild::Skew;

namespace TypedSockets.Integration.Tests.Skew;

/// <summary>What a client of the newer build is told.</summary>
public sealed class NewViews(SkewLog log) : IShopClient, IRatingClient, IVaultClient
{
    void IShopClient.Told(string text, bool loud) => log.Told($"{text} {loud}");

    public void Advised(string text) => log.Told($"advised {text}");

    public void Rated(int stars, string by) => log.Told(FormattableString.Invariant($"rated {stars} {by}"));

    void IRatingClient.Told(string text) => log.Told(text);
}
