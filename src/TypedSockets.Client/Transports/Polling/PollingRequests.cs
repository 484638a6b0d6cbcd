using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace TypedSockets.Client.Transports.Polling;

/// <summary>The requests of one session on HTTP long-polling.</summary>
/// <param name="client">Sends them.</param>
/// <param name="session">The session.</param>
/// <param name="maxPostBytes">The largest body of a POST that the server said it takes.</param>
internal sealed class PollingRequests(HandshakeClient client, DialRequest session, long maxPostBytes)
{
    private volatile DialRequest _session = session;
    private long _gets;
    private long _posts;

    /// <summary>From now on requests carry another token.</summary>
    public void Authenticate(string token) => _session = _session with { AccessToken = token };

    /// <summary>Asks for packets; completes when the headers of the answer are there, which may take long.</summary>
    /// <exception cref="DisconnectedException">The server cannot be reached, or refuses.</exception>
    public async Task<HttpResponseMessage> GetAsync(CancellationToken cancellationToken)
    {
        // Counted, so that a server notices when one is sent twice on its way: the packets of the first answer would be missing.
        using var request = CreateRequest(HttpMethod.Get, "get", ++_gets);
        return await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends packets. One POST at a time.</summary>
    /// <exception cref="DisconnectedException">The server cannot be reached, or refuses.</exception>
    public async Task PostAsync(byte[] payload, CancellationToken cancellationToken)
    {
        // Counted, so that a server takes a request once that a proxy sends twice.
        using var request = CreateRequest(HttpMethod.Post, "post", ++_posts);
        request.Content = new ByteArrayContent(payload) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain", "UTF-8") } };
        using var response = await SendAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, string counter, long number)
    {
        var request = client.CreateRequest(method, TransportKind.Polling, _session);
        request.RequestUri = new Uri(string.Create(CultureInfo.InvariantCulture, $"{request.RequestUri!.AbsoluteUri}&{counter}={number}"));
        return request;
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
            if (response.StatusCode is HttpStatusCode.RequestEntityTooLarge && request.Content?.Headers.ContentLength is { } length)
            {
                throw new DisconnectedException(new PayloadTooLarge(length, maxPostBytes) { Initiator = Initiator.Remote });
            }

            var error = await HandshakeClient.ReadErrorAsync(response, cancellationToken).ConfigureAwait(false);
            throw new DisconnectedException(new TransportError($"A {request.Method} was answered {(int)response.StatusCode}: {error}"));
        }
    }
}
