using System.Reflection;
using System.Text.RegularExpressions;

namespace TypedSockets.Architecture.Tests;

public sealed partial class SourceFileTests
{
    private const int MaxLines = 400;

    [Fact]
    public void SourceFile_FitsInAHead()
    {
        var sources = Repository.ShippedSources().ToArray();
        Assert.NotEmpty(sources);
        Assert.Empty(sources.Select(path => (Path: path, Repository.ReadLines(path).Length)).Where(file => file.Length > MaxLines).Select(file => $"{file.Path}: {file.Length} lines"));
    }

    /// <summary>Who knows a type's name finds its file. Parts of a partial type have what they are about behind the name: <c>EventChannel.Sending.cs</c>.</summary>
    [Theory]
    [InlineData("TypedSockets")]
    [InlineData("TypedSockets.Client")]
    [InlineData("TypedSockets.Client.Hosting")]
    [InlineData("TypedSockets.Server")]
    [InlineData("TypedSockets.Testing")]
    public void PublicType_HasAFileOfItsName(string assembly)
    {
        var files = Repository.ShippedSources().Select(path => Path.GetFileName(path)).ToHashSet();
        var types = Assembly.Load(assembly).GetExportedTypes().Where(type => !type.IsNested).Select(type => type.Name.Split('`')[0]).Distinct();
        Assert.All(types, type => Assert.Contains($"{type}.cs", files));
    }

    [Fact]
    public void SourceFile_HasTheTypeThatItIsNamedAfter() => Assert.Empty(
        from path in Repository.ShippedSources()
        let name = Path.GetFileName(path).Split('.')[0]
        let declarations = Repository.ReadLines(path).Select(line => Declaration().Match(line)).Where(match => match.Success).Select(match => match.Groups["name"].Value)
        where !declarations.Contains(name)
        select path);

    [GeneratedRegex(@"^(?:(?:public|internal|static|sealed|abstract|partial|readonly|ref|file) )*(?:class|struct|interface|enum|record struct|record) (?<name>\w+)")]
    private static partial Regex Declaration();
}
