using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace TypedSockets.Client.Transports;

/// <summary>Sends the requests of every transport through one <see cref="HttpMessageInvoker"/>, which brings TLS, proxies, cookies and connections that are used again.</summary>
internal sealed class HandshakeClient : IDisposable
{
    private const int MaxErrorBytes = 4096;

    private readonly TypedSocketOptions _options;
    private readonly HttpMessageInvoker _invoker;

    public HandshakeClient(HandshakeAddress address, TypedSocketOptions options)
    {
        Address = address;
        _options = options;
        _invoker = options.HttpInvoker ?? new HttpMessageInvoker(CreateHandler(options));
    }

    public HandshakeAddress Address { get; }

    public void Dispose()
    {
        if (_options.HttpInvoker is null)
        {
            _invoker.Dispose();
        }
    }

    /// <summary>Makes a request with the headers that the application adds to every one.</summary>
    public HttpRequestMessage CreateRequest(HttpMethod method, TransportKind transport, DialRequest dial)
    {
        var request = new HttpRequestMessage(method, Address.Of(transport, dial));
        if (!OperatingSystem.IsBrowser())
        {
            // Exact: without TLS there is nothing that a lower version could be negotiated with.
            (request.Version, request.VersionPolicy) = (_options.HttpVersion, HttpVersionPolicy.RequestVersionExact);
        }

        foreach (var (name, value) in _options.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (dial.AccessToken is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", dial.AccessToken);
        }

        return request;
    }

    /// <summary>Sends a request; completes when the headers of the answer are there.</summary>
    /// <exception cref="DisconnectedException">The server cannot be reached.</exception>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException exception)
        {
            throw new DisconnectedException(new TransportError($"'{Address.Authority}' cannot be reached: {exception.Message}", exception));
        }
    }

    /// <summary>What the server's refusal says, and when it asks to come back.</summary>
    public static async Task<HandshakeRejected> ReadRefusalAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        new((int)response.StatusCode, await ReadErrorAsync(response, cancellationToken).ConfigureAwait(false)) { RetryAfter = response.Headers.RetryAfter?.Delta };

    /// <summary>What the server says about its refusal: the message of an Engine.IO error, or else the status's own words.</summary>
    public static async Task<string> ReadErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            using var body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            var buffer = new byte[MaxErrorBytes];
            var count = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            using var json = JsonDocument.Parse(buffer.AsMemory(0, count));
            return json.RootElement.GetProperty("message"u8).GetString() ?? response.ReasonPhrase ?? "";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or IOException or HttpRequestException)
        {
            // Not an Engine.IO server's answer.
            return response.ReasonPhrase ?? "no reason given";
        }
    }

    private static HttpMessageHandler CreateHandler(TypedSocketOptions options)
    {
        if (OperatingSystem.IsBrowser())
        {
            return new HttpClientHandler();
        }

        var handler = new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All };
        if (options.Cookies is { } cookies)
        {
            handler.CookieContainer = cookies;
        }

        if (options.Proxy is { } proxy)
        {
            handler.Proxy = proxy;
        }

        return handler;
    }
}
