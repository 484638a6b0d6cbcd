using System.Text;

namespace TypedSockets.Protocol.Handshake;

/// <summary>One extension of a header <c>Sec-WebSocket-Extensions</c> (RFC 6455 §9.1).</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Parameters">Its parameters in order; the value is null where there is none.</param>
internal sealed record WebSocketExtension(string Name, IReadOnlyList<(string Name, string? Value)> Parameters)
{
    /// <summary>Reads all extensions of a header's values, which belong together. Returns null when one is not what the grammar allows.</summary>
    public static List<WebSocketExtension>? Parse(IEnumerable<string?> values)
    {
        List<WebSocketExtension> extensions = [];
        foreach (var value in values)
        {
            var reader = new Reader(value);
            if (!reader.TryReadAll(extensions))
            {
                return null;
            }
        }

        return extensions.Count == 0 ? null : extensions;
    }

    private ref struct Reader(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        public bool TryReadAll(List<WebSocketExtension> extensions)
        {
            do
            {
                SkipSpace();
                // RFC 2616 §2.1, of lists: an element may be missing.
                if (!_rest.IsEmpty && _rest[0] != ',' && !TryReadExtension(extensions))
                {
                    return false;
                }
            }
            while (TrySkip(','));

            return _rest.IsEmpty;
        }

        private bool TryReadExtension(List<WebSocketExtension> extensions)
        {
            List<(string Name, string? Value)> parameters = [];
            var name = ReadToken();
            while (TrySkip(';'))
            {
                var parameter = ReadToken();
                string? value = null;
                if (parameter.Length == 0 || (TrySkip('=') && !TryReadValue(out value)))
                {
                    return false;
                }

                parameters.Add((parameter, value));
            }

            extensions.Add(new WebSocketExtension(name, parameters));
            return name.Length > 0;
        }

        // A quoted value must be a token too, once it is unquoted.
        private bool TryReadValue(out string? value)
        {
            SkipSpace();
            value = _rest.StartsWith("\"") ? ReadQuoted() : ReadToken();
            return HttpToken.IsValid(value);
        }

        private string? ReadQuoted()
        {
            var value = new StringBuilder();
            for (var index = 1; index < _rest.Length; index++)
            {
                if (_rest[index] == '"')
                {
                    _rest = _rest[(index + 1)..];
                    return value.ToString();
                }

                index += _rest[index] == '\\' ? 1 : 0;
                value.Append(index < _rest.Length ? _rest[index] : '"');
            }

            return null;
        }

        private string ReadToken()
        {
            SkipSpace();
            var length = HttpToken.LengthAtStart(_rest);
            var token = _rest[..length].ToString();
            _rest = _rest[length..];
            return token;
        }

        private bool TrySkip(char delimiter)
        {
            SkipSpace();
            if (_rest.IsEmpty || _rest[0] != delimiter)
            {
                return false;
            }

            _rest = _rest[1..];
            return true;
        }

        private void SkipSpace() => _rest = _rest.TrimStart(" \t");
    }
}
