namespace TypedSockets.Lifecycle.Tests.Network;

/// <summary>Takes from the handshake what asks for the namespaces, as a proxy does that knows better.</summary>
internal sealed class NamespaceStripper() : DelegatingHandler(new SocketsHttpHandler())
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = new UriBuilder(request.RequestUri!);
        address.Query = string.Join('&', address.Query.TrimStart('?').Split('&').Where(parameter => !parameter.StartsWith("first=", StringComparison.Ordinal)));
        request.RequestUri = address.Uri;
        return base.SendAsync(request, cancellationToken);
    }
}
