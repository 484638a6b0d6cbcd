using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;
using TypedSockets.Generators.Contracts;
using TypedSockets.Generators.Diagnostics;

namespace TypedSockets.Generators.Use;

/// <summary>Finds what blocks the thread in a handler: a method that implements an event of a contract, or one that a hub overrides.</summary>
internal static class BlockingCalls
{
    private const string Await = "await it instead, in an async handler that returns ValueTask or Task";

    public static void Register(OperationBlockStartAnalysisContext context)
    {
        if (context.OwningSymbol is IMethodSymbol method && IsHandler(method))
        {
            context.RegisterOperationAction(operation => Analyze(operation, method), OperationKind.Invocation, OperationKind.PropertyReference);
        }
    }

    private static bool IsHandler(IMethodSymbol method)
    {
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation) || method.IsStatic || method.ContainingType.TypeKind is TypeKind.Interface)
        {
            return false;
        }

        return (method.IsOverride && ContractTypes.FindHub(method.ContainingType) is { } hub && Overrides(method, hub))
            || (ContractTypes.IsContract(method.ContainingType) && method.ContainingType.AllInterfaces.Where(ContractTypes.IsContract).SelectMany(static type => type.AllInterfaces.Append(type)).Any(type => Implements(method, type)));
    }

    private static bool Overrides(IMethodSymbol method, INamedTypeSymbol hub)
    {
        var overridden = method;
        while (overridden.OverriddenMethod is { } next)
        {
            overridden = next;
        }

        return SymbolEqualityComparer.Default.Equals(overridden.ContainingType, hub);
    }

    private static bool Implements(IMethodSymbol method, INamedTypeSymbol type) =>
        type.GetMembers().OfType<IMethodSymbol>().Any(member => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method));

    private static void Analyze(OperationAnalysisContext context, IMethodSymbol handler)
    {
        var (instead, task) = context.Operation switch
        {
            IInvocationOperation invocation => FindCall(invocation),
            IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: { } type }, Instance: { } instance } when IsTask(type) => (Await, instance),
            _ => (null, null),
        };
        // What runs on a thread of its own, or later, holds nothing up here.
        if (instead is not null && !IsNested(context.Operation) && (task is null || !IsKnownToBeDone(task, context.Operation)))
        {
            var name = CalledName.LocationOf(context.Operation.Syntax);
            var text = name.SourceTree!.GetText(context.CancellationToken).ToString(name.SourceSpan);
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BlockingHandler, name, $"{handler.ContainingType.Name}.{handler.Name}", text, instead));
        }
    }

    private static (string? Instead, IOperation? Task) FindCall(IInvocationOperation invocation)
    {
        var method = invocation.TargetMethod;
        switch (method.Name, method.ContainingType.MetadataFullName())
        {
            case ("Sleep", "System.Threading.Thread"):
                return ("await Task.Delay instead, in an async handler that returns ValueTask or Task", null);
            case ("WaitAll", "System.Threading.Tasks.Task"):
                return ("await Task.WhenAll instead", null);
            case ("WaitAny", "System.Threading.Tasks.Task"):
                return ("await Task.WhenAny instead", null);
            case ("Wait", "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1"):
                return (Await, invocation.Instance);
            case ("GetResult", _) when invocation.Instance is IInvocationOperation { TargetMethod: { Name: "GetAwaiter", ContainingType: { } type } } awaiter && IsTask(type):
                return (Await, awaiter.Instance);
            default:
                return (null, null);
        }
    }

    private static bool IsTask(INamedTypeSymbol type) => type.MetadataFullName() is
        "System.Threading.Tasks.Task" or "System.Threading.Tasks.Task`1" or "System.Threading.Tasks.ValueTask" or "System.Threading.Tasks.ValueTask`1";

    private static bool IsNested(IOperation operation)
    {
        for (var parent = operation.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the handler has awaited the task before, or asked whether it is completed.</summary>
    private static bool IsKnownToBeDone(IOperation task, IOperation use)
    {
        var symbol = SymbolOf(task);
        if (symbol is null)
        {
            return false;
        }

        var root = use;
        while (root.Parent is not null)
        {
            root = root.Parent;
        }

        return root.Descendants().Any(operation => operation.Syntax.SpanStart < use.Syntax.SpanStart && operation switch
        {
            IAwaitOperation awaited => awaited.Descendants().Any(part => IsSame(SymbolOf(part), symbol)),
            IPropertyReferenceOperation { Instance: { } instance } property => property.Property.Name.StartsWith("IsCompleted", StringComparison.Ordinal) && IsSame(SymbolOf(instance), symbol),
            _ => false,
        });
    }

    private static bool IsSame(ISymbol? one, ISymbol other) => SymbolEqualityComparer.Default.Equals(one, other);

    private static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        _ => null,
    };
}
