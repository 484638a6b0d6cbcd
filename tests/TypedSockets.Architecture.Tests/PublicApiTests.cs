using System.Reflection;

namespace TypedSockets.Architecture.Tests;

/// <summary>The public API of each package is a file that is reviewed: a change of the API is a diff that somebody reads.</summary>
public sealed class PublicApiTests
{
    private const string Accept = "TYPEDSOCKETS_ACCEPT_SNAPSHOTS";

    [Theory]
    [InlineData("TypedSockets")]
    [InlineData("TypedSockets.Client")]
    [InlineData("TypedSockets.Client.Hosting")]
    [InlineData("TypedSockets.Server")]
    [InlineData("TypedSockets.Testing")]
    public void PublicApi_IsTheOneThatWasReviewed(string project)
    {
        var path = Path.Combine(Repository.ProjectFolder, "PublicApi", $"{project}.verified.txt");
        var actual = PublicApi.Describe(Assembly.Load(project));
        if (Environment.GetEnvironmentVariable(Accept) == "1")
        {
            File.WriteAllText(path, actual);
        }

        var expected = File.Exists(path) ? File.ReadAllLines(path) : [];
        var lines = actual.TrimEnd('\n').Split('\n');
        var removed = expected.Except(lines).Select(line => "- " + line.Trim());
        var added = lines.Except(expected).Select(line => "+ " + line.Trim());
        Assert.True(expected.SequenceEqual(lines), $"""
            The public API of {project} has changed:
            {string.Join("\n", removed.Concat(added))}
            If that is meant, accept it and review the change: {Accept}=1 dotnet test --project tests/TypedSockets.Architecture.Tests
            """);
    }

    /// <summary>What both ends share is no package to program against.</summary>
    [Fact]
    public void Protocol_HasNoPublicType() => Assert.Empty(Assembly.Load("TypedSockets.Protocol").GetExportedTypes());
}
