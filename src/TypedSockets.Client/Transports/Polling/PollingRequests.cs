using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace TypedSockets.Client.Transports.Polling;

/// <summary>The requests of one session on HTTP long-polling.</summary>
internal sealed class PollingRequests(HandshakeClient client, DialRequest session)
{
    private long _posts;

    /// <summary>Asks for packets; completes when the headers of the answer are there, which may take long.</summary>
    /// <exception cref="DisconnectedException">The server cannot be reached, or refuses.</exception>
    public async Task<HttpResponseMessage> GetAsync(CancellationToken cancellationToken)
    {
        using var request = client.CreateRequest(HttpMethod.Get, TransportKind.Polling, session);
        return await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends packets. One POST at a time.</summary>
    /// <exception cref="DisconnectedException">The server cannot be reached, or refuses.</exception>
    public async Task PostAsync(byte[] payload, CancellationToken cancellationToken)
    {
        using var request = client.CreateRequest(HttpMethod.Post, TransportKind.Polling, session);
        // Counted, so that a server takes a request once that a proxy sends twice.
        request.RequestUri = new Uri(string.Create(CultureInfo.InvariantCulture, $"{request.RequestUri!.AbsoluteUri}&post={++_posts}"));
        request.Content = new ByteArrayContent(payload) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain", "UTF-8") } };
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var response = await client.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode is HttpStatusCode.OK)
        {
            return response;
        }

        using (response)
        {
            var error = await HandshakeClient.ReadErrorAsync(response, cancellationToken).ConfigureAwait(false);
            throw new DisconnectedException(new TransportError($"A {request.Method} was answered {(int)response.StatusCode}: {error}"));
        }
    }
}
