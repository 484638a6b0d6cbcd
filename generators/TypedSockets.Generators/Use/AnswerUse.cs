using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.Use;

/// <summary>Finds answered events whose answer nobody looks at. Assigning it, to <c>_</c> as well, is a look.</summary>
internal static class AnswerUse
{
    public static void Analyze(OperationAnalysisContext context)
    {
        var operation = ((IExpressionStatementOperation)context.Operation).Operation;
        if (operation is IConditionalAccessOperation conditional)
        {
            operation = conditional.WhenNotNull;
        }

        if (operation is IInvocationOperation { TargetMethod: { ContainingType.TypeKind: TypeKind.Interface } method, Instance.Type: { TypeKind: TypeKind.Interface } receiver } invocation
            && IsTask(method.ReturnType)
            && ContractTypes.IsContract(receiver))
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.IgnoredAnswer, CalledName.LocationOf(invocation.Syntax), $"{receiver.Name}.{method.Name}"));
        }
    }

    private static bool IsTask(ITypeSymbol type) => (type as INamedTypeSymbol)?.MetadataFullName() is
        "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1" or "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask`1";
}
