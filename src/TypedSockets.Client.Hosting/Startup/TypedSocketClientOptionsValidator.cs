using Microsoft.Extensions.Options;

namespace TypedSockets.Client;

/// <summary>Checks options when the host starts.</summary>
internal sealed class TypedSocketClientOptionsValidator : IValidateOptions<TypedSocketClientOptions>
{
    public ValidateOptionsResult Validate(string? name, TypedSocketClientOptions options)
    {
        var client = ClientName.Show(name);
        if (string.IsNullOrWhiteSpace(options.Address))
        {
            return ValidateOptionsResult.Fail($"Address of {client} is not set; it must be the server's, such as 'https://chat.example'.");
        }

        if (!Uri.TryCreate(options.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https" or "ws" or "wss"))
        {
            return ValidateOptionsResult.Fail($"Address of {client} is '{options.Address}'; it must be absolute, and http, https, ws or wss.");
        }

        if (!Enum.IsDefined(options.Start))
        {
            return ValidateOptionsResult.Fail($"Start of {client} is '{options.Start}'; it must be {string.Join(", ", Enum.GetNames<TypedSocketClientStart>())}.");
        }

        return options.Socket is null ? ValidateOptionsResult.Fail($"Socket of {client} is null.") : ValidateOptionsResult.Success;
    }
}
