using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace TypedSockets.Client;

/// <summary>Reads the options of a client from configuration by hand, so that trimming and AOT keep all it needs.</summary>
internal static class ClientConfiguration
{
    /// <summary>Sets what the section has.</summary>
    /// <exception cref="InvalidOperationException">A value is not what it must be.</exception>
    public static void Bind(IConfigurationSection section, TypedSocketClientOptions options)
    {
        options.Address = section[nameof(options.Address)] ?? options.Address;
        if (section[nameof(options.Start)] is { } start)
        {
            options.Start = Enum.TryParse<TypedSocketClientStart>(start, ignoreCase: true, out var value)
                ? value
                : throw Invalid(section, nameof(options.Start), start, string.Join(", ", Enum.GetNames<TypedSocketClientStart>()));
        }

        var socket = options.Socket;
        if (section[nameof(socket.Path)] is { } path)
        {
            socket = socket with { Path = path };
        }

        if (ReadTime(section, nameof(socket.ConnectTimeout)) is { } connectTimeout)
        {
            socket = socket with { ConnectTimeout = connectTimeout };
        }

        if (ReadTime(section, nameof(socket.RequestTimeout)) is { } requestTimeout)
        {
            socket = socket with { RequestTimeout = requestTimeout };
        }

        options.Socket = socket;
    }

    private static TimeSpan? ReadTime(IConfigurationSection section, string key)
    {
        if (section[key] is not { } text)
        {
            return null;
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : throw Invalid(section, key, text, "a time such as '00:00:20'");
    }

    private static InvalidOperationException Invalid(IConfigurationSection section, string key, string value, string expected) =>
        new($"Configuration value '{section.Path}:{key}' is '{value}'; it must be {expected}.");
}
