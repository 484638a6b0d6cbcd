using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using Microsoft.JSInterop.Infrastructure;

[assembly: SupportedOSPlatform("browser")]

namespace Microsoft.JSInterop.WebAssembly;

/// <summary>Stands in for the one type that Blazor WebAssembly takes from this assembly: carries calls between .NET and the page's JavaScript, as JSON.</summary>
public abstract partial class WebAssemblyJSRuntime : JSInProcessRuntime
{
    /// <inheritdoc/>
    protected override string? InvokeJS(string identifier, string? argsJson, JSCallResultType resultType, long targetInstanceId) =>
        Invoke(identifier, targetInstanceId, resultType, argsJson ?? "[]", asyncHandle: 0, JSCallType.FunctionCall);

    /// <inheritdoc/>
    protected override string? InvokeJS(in JSInvocationInfo invocationInfo) => Invoke(invocationInfo);

    /// <inheritdoc/>
    protected override void BeginInvokeJS(long taskId, string identifier, string? argsJson, JSCallResultType resultType, long targetInstanceId) =>
        Invoke(identifier, targetInstanceId, resultType, argsJson ?? "[]", taskId, JSCallType.FunctionCall);

    /// <inheritdoc/>
    protected override void BeginInvokeJS(in JSInvocationInfo invocationInfo) => Invoke(invocationInfo);

    /// <inheritdoc/>
    protected override void EndInvokeDotNet(DotNetInvocationInfo invocationInfo, in DotNetInvocationResult invocationResult) =>
        EndInvokeDotNetFromJS(invocationInfo.CallId, invocationResult.Success, invocationResult.Success ? invocationResult.ResultJson : invocationResult.Exception?.ToString());

    /// <inheritdoc/>
    protected override void SendByteArray(int id, byte[] data) => ReceiveByteArrayInJS(id, data);

    private static string? Invoke(in JSInvocationInfo call) =>
        Invoke(call.Identifier, call.TargetInstanceId, call.ResultType, call.ArgsJson, call.AsyncHandle, call.CallType);

    private static string? Invoke(string identifier, long targetInstanceId, JSCallResultType resultType, string argsJson, long asyncHandle, JSCallType callType)
    {
        try
        {
            return InvokeJSJson(identifier, targetInstanceId, (int)resultType, argsJson, asyncHandle, (int)callType);
        }
        catch (System.Runtime.InteropServices.JavaScript.JSException exception)
        {
            // Components catch the exception of Microsoft.JSInterop, not the runtime's own of the same name.
            throw new JSException(exception.Message, exception);
        }
    }

    [JSImport("Blazor._internal.invokeJSJson", "blazor-internal")]
    private static partial string? InvokeJSJson(
        string identifier,
        [JSMarshalAs<JSType.Number>] long targetInstanceId,
        int resultType,
        string argsJson,
        [JSMarshalAs<JSType.Number>] long asyncHandle,
        int callType);

    [JSImport("Blazor._internal.endInvokeDotNetFromJS", "blazor-internal")]
    private static partial void EndInvokeDotNetFromJS(string? callId, bool success, string? resultJsonOrError);

    [JSImport("Blazor._internal.receiveByteArray", "blazor-internal")]
    private static partial void ReceiveByteArrayInJS(int id, byte[] data);
}
