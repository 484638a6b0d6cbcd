using System.Xml.Linq;

namespace TypedSockets.Architecture.Tests;

/// <summary>Which project may know which: contracts know nothing, both ends know the protocol, and neither end knows the other.</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData("src/TypedSockets", "")]
    [InlineData("src/TypedSockets.Protocol", "TypedSockets")]
    [InlineData("src/TypedSockets.Client", "TypedSockets.Protocol")]
    [InlineData("src/TypedSockets.Server", "TypedSockets.Protocol")]
    [InlineData("generators/TypedSockets.Generators", "")]
    [InlineData("generators/TypedSockets.Generators.CodeFixes", "TypedSockets.Generators")]
    [InlineData("tools/TypedSockets.Tool", "")]
    public void Project_ReferencesOnlyWhatItMay(string project, string expected)
    {
        var document = Load(project);
        // The generator runs in the compiler; its assembly is not referenced.
        var references = from reference in document.Descendants("ProjectReference")
                         where (string?)reference.Attribute("ReferenceOutputAssembly") != "false"
                         select Path.GetFileNameWithoutExtension((string?)reference.Attribute("Include"));
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), references);
    }

    [Theory]
    [InlineData("src/TypedSockets", "")]
    [InlineData("src/TypedSockets.Protocol", "")]
    [InlineData("src/TypedSockets.Client", "")]
    [InlineData("src/TypedSockets.Server", "Microsoft.AspNetCore.App")]
    public void Project_NeedsNoPackageAtRunTime(string project, string frameworks)
    {
        var document = Load(project);
        var packages = document.Descendants("PackageReference").Where(reference => (string?)reference.Attribute("PrivateAssets") != "all");
        Assert.Empty(packages);
        Assert.Equal(frameworks, string.Join(' ', document.Descendants("FrameworkReference").Select(reference => (string?)reference.Attribute("Include"))));
    }

    [Theory]
    [InlineData("TypedSockets", "")]
    [InlineData("TypedSockets.Protocol", "TypedSockets")]
    [InlineData("TypedSockets.Client", "TypedSockets TypedSockets.Protocol")]
    [InlineData("TypedSockets.Server", "TypedSockets TypedSockets.Protocol")]
    public void Assembly_UsesOnlyWhatItMay(string assembly, string expected)
    {
        var used = System.Reflection.Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => name.StartsWith("TypedSockets", StringComparison.Ordinal));
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), used.Order(StringComparer.Ordinal));
    }

    /// <summary>Every project below these folders has its rules above.</summary>
    [Fact]
    public void Projects_AreAllCovered() => Assert.Equal(
        ["generators/TypedSockets.Generators", "generators/TypedSockets.Generators.CodeFixes", "src/TypedSockets", "src/TypedSockets.Client", "src/TypedSockets.Protocol", "src/TypedSockets.Server", "tools/TypedSockets.Tool"],
        Repository.ShippedProjects().Select(project => Path.GetDirectoryName(project)!).Order(StringComparer.Ordinal));

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Repository.Folder, project, $"{Path.GetFileName(project)}.csproj"));
}
