using System;
using Microsoft.CodeAnalysis.Editing;

namespace TypedSockets.Generators.CodeFixes.Editing;

/// <summary>One fix: what the editor's menu says, and the change of the document.</summary>
internal sealed class DocumentFix(string title, Action<SyntaxEditor> apply)
{
    public string Title { get; } = title;

    public void Apply(SyntaxEditor editor) => apply(editor);
}
