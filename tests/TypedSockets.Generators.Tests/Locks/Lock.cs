using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Locks;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Locks;

/// <summary>The file that a project would have if its contracts had been accepted as they are.</summary>
internal static class Lock
{
    public static string Of(params string[] sources) => LockFile.Write(Contracts(TestCompiler.Compile(sources)).Select(model => model.Description));

    public static IEnumerable<ContractModel> Contracts(CSharpCompilation compilation) =>
        from type in compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type).OfType<INamedTypeSymbol>()
        let attribute = ContractParser.FindAttribute(type)
        where attribute is not null
        select ContractParser.Parse(type, attribute, TestContext.Current.CancellationToken).Model;
}
