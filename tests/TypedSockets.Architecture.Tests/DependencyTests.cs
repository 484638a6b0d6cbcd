using System.Xml.Linq;

namespace TypedSockets.Architecture.Tests;

/// <summary>Which project may know which: contracts know nothing, both ends know the protocol, neither end knows the other, and what tests them knows both.</summary>
public sealed class DependencyTests
{
    [Theory]
    [InlineData("src/TypedSockets", "")]
    [InlineData("src/TypedSockets.Protocol", "TypedSockets")]
    [InlineData("src/TypedSockets.Client", "TypedSockets.Protocol")]
    [InlineData("src/TypedSockets.Server", "TypedSockets.Protocol")]
    [InlineData("src/TypedSockets.Client.Hosting", "TypedSockets.Client")]
    [InlineData("src/TypedSockets.Testing", "TypedSockets.Client TypedSockets.Server")]
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
    [InlineData("src/TypedSockets", "", "")]
    [InlineData("src/TypedSockets.Protocol", "", "")]
    [InlineData("src/TypedSockets.Client", "", "")]
    [InlineData("src/TypedSockets.Client.Hosting", "", "Microsoft.Extensions.Hosting.Abstractions Microsoft.Extensions.Options")]
    [InlineData("src/TypedSockets.Server", "Microsoft.AspNetCore.App", "")]
    [InlineData("src/TypedSockets.Testing", "", "")]
    public void Project_NeedsNoPackageAtRunTime_ButTheAbstractionsOfAHost(string project, string frameworks, string packages)
    {
        var document = Load(project);
        Assert.Equal(packages, Names(document.Descendants("PackageReference").Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")));
        Assert.Equal(frameworks, Names(document.Descendants("FrameworkReference")));

        static string Names(IEnumerable<XElement> references) => string.Join(' ', references.Select(reference => (string?)reference.Attribute("Include")));
    }

    [Theory]
    [InlineData("TypedSockets", "")]
    [InlineData("TypedSockets.Protocol", "TypedSockets")]
    [InlineData("TypedSockets.Client", "TypedSockets TypedSockets.Protocol")]
    [InlineData("TypedSockets.Client.Hosting", "TypedSockets TypedSockets.Client")]
    [InlineData("TypedSockets.Server", "TypedSockets TypedSockets.Protocol")]
    [InlineData("TypedSockets.Testing", "TypedSockets TypedSockets.Client TypedSockets.Protocol TypedSockets.Server")]
    public void Assembly_UsesOnlyWhatItMay(string assembly, string expected)
    {
        var used = System.Reflection.Assembly.Load(assembly).GetReferencedAssemblies().Select(reference => reference.Name!).Where(name => name.StartsWith("TypedSockets", StringComparison.Ordinal));
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries), used.Order(StringComparer.Ordinal));
    }

    /// <summary>Every project below these folders has its rules above.</summary>
    [Fact]
    public void Projects_AreAllCovered() => Assert.Equal(
        ["generators/TypedSockets.Generators", "generators/TypedSockets.Generators.CodeFixes", "src/TypedSockets", "src/TypedSockets.Client", "src/TypedSockets.Client.Hosting", "src/TypedSockets.Protocol", "src/TypedSockets.Server", "src/TypedSockets.Testing", "tools/TypedSockets.Tool"],
        Repository.ShippedProjects().Select(project => Path.GetDirectoryName(project)!).Order(StringComparer.Ordinal));

    private static XDocument Load(string project) => XDocument.Load(Path.Combine(Repository.Folder, project, $"{Path.GetFileName(project)}.csproj"));
}
