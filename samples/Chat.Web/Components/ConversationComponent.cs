using Chat.Web.Conversations;
using Microsoft.AspNetCore.Components;

namespace Chat.Web.Components;

/// <summary>A component that shows something of the conversation, and draws itself again whenever that changes.</summary>
public abstract class ConversationComponent : ComponentBase, IDisposable
{
    /// <summary>What is shown.</summary>
    [Inject]
    protected Conversation Conversation { get; private init; } = null!;

    /// <inheritdoc/>
    public void Dispose()
    {
        Conversation.Changed -= Redraw;
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void OnInitialized() => Conversation.Changed += Redraw;

    private void Redraw() => _ = InvokeAsync(StateHasChanged);
}
