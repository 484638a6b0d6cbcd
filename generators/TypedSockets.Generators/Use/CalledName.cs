using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace TypedSockets.Generators.Use;

/// <summary>The smallest token that says what is called.</summary>
internal static class CalledName
{
    public static Location LocationOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax call => LocationOf(call.Expression),
        MemberAccessExpressionSyntax member => member.Name.GetLocation(),
        MemberBindingExpressionSyntax member => member.Name.GetLocation(),
        _ => node.GetLocation(),
    };
}
