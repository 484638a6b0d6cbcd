using System.Text.Json.Nodes;
using TypedSockets.Interop.Tests.Programs;

namespace TypedSockets.Interop.Tests.Payloads;

/// <summary>The program <c>payloads.mjs</c>, one process for the tests of a class.</summary>
public sealed class PayloadPeer : IAsyncDisposable
{
    private NodeProgram? _program;

    /// <summary>Whether the payload could be read and written again, and how.</summary>
    internal async Task<JsonObject> AskAsync(string question, JsonNode content)
    {
        _program ??= NodeProgram.Start("payloads.mjs");
        return await _program.AskAsync(new JsonObject { [question] = content });
    }

    public async ValueTask DisposeAsync()
    {
        if (_program is not null)
        {
            await _program.DisposeAsync();
        }
    }
}
