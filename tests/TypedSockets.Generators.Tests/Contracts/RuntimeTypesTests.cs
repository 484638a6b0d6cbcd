using System.Reflection;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Tests.Compilation;

namespace TypedSockets.Generators.Tests.Contracts;

public sealed class RuntimeTypesTests
{
    public static TheoryData<string> MetadataNames =>
        [.. typeof(RuntimeTypes).GetFields(BindingFlags.Static | BindingFlags.Public).Select(constant => (string)constant.GetRawConstantValue()!)];

    [Theory]
    [MemberData(nameof(MetadataNames))]
    public void RuntimeType_StillExists(string metadataName)
    {
        var assembly = metadataName.StartsWith("TypedSockets.Server.", StringComparison.Ordinal) ? typeof(TypedSockets.Server.TypedSocketServerOptions).Assembly : typeof(ContractShape).Assembly;
        Assert.NotNull(assembly.GetType(metadataName));
        Assert.NotNull(TestCompiler.Compile().GetTypeByMetadataName(metadataName));
    }
}
