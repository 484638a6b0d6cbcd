using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace TypedSockets.Tool.Tests.Compilation;

/// <summary>Compiles contracts into a folder of their own, which is deleted with this object.</summary>
internal sealed class ContractCompiler : IDisposable
{
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    // The attributes of libraries that the tool goes by, and does not need.
    private const string MessagePack = """
        namespace MessagePack
        {
            public sealed class MessagePackObjectAttribute(bool keyAsPropertyName = false) : System.Attribute { public bool KeyAsPropertyName => keyAsPropertyName; }
            public sealed class KeyAttribute : System.Attribute { public KeyAttribute(int key) { } public KeyAttribute(string key) { } }
            public sealed class IgnoreMemberAttribute : System.Attribute;
            [System.AttributeUsage(System.AttributeTargets.All, AllowMultiple = true)]
            public sealed class UnionAttribute(int key, System.Type type) : System.Attribute { public int Key => key; public System.Type Type => type; }
            public sealed class SerializationConstructorAttribute : System.Attribute;
        }
        """;

    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(static path => Path.GetFileName(path) is var name && (name.StartsWith("System.", StringComparison.Ordinal) || name == "TypedSockets.dll"))
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("typedsockets-");

    public ContractCompiler()
    {
        File.Copy(typeof(EventContractAttribute).Assembly.Location, PathOf("TypedSockets.dll"));
        File.Copy(Path.ChangeExtension(typeof(EventContractAttribute).Assembly.Location, ".xml"), PathOf("TypedSockets.xml"));
        Emit("MessagePack.Annotations", s_references, MessagePack);
    }

    public string PathOf(string file) => Path.Combine(_folder.FullName, file);

    /// <summary>Compiles, with a documentation file, and returns the path of the assembly.</summary>
    public string Compile(string source, string name = "Contracts") =>
        Emit(name, [.. s_references, MetadataReference.CreateFromFile(PathOf("MessagePack.Annotations.dll"))], ImplicitUsings, source);

    public void Dispose() => _folder.Delete(recursive: true);

    private string Emit(string name, MetadataReference[] references, params string[] sources)
    {
        var options = new CSharpParseOptions(LanguageVersion.CSharp13, DocumentationMode.Parse);
        var compilation = CSharpCompilation.Create(
            name,
            sources.Select(source => CSharpSyntaxTree.ParseText(source, options)),
            references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, deterministic: true));
        var path = PathOf(name + ".dll");
        using var assembly = File.Create(path);
        using var documentation = File.Create(Path.ChangeExtension(path, ".xml"));
        var result = compilation.Emit(assembly, xmlDocumentationStream: documentation, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics.Where(static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)));
        return path;
    }
}
