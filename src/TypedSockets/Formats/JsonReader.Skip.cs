using System.Text.Unicode;

namespace TypedSockets.Formats;

public ref partial struct JsonReader
{
    // Which of the nested values are objects: a bit each, as many as MaxDepth allows.
    private const int BitsEach = 64;

    /// <inheritdoc/>
    public void Skip()
    {
        switch (Next())
        {
            case (byte)'"':
                SkipString();
                break;
            case (byte)'{' or (byte)'[':
                SkipNested();
                break;
            case (byte)'t':
                ReadLiteral("true"u8);
                break;
            case (byte)'f':
                ReadLiteral("false"u8);
                break;
            case (byte)'n':
                ReadLiteral("null"u8);
                break;
            default:
                SkipNumber();
                break;
        }
    }

    // Remembers what it is in instead of recursing.
    private void SkipNested()
    {
        Span<ulong> objects = stackalloc ulong[PayloadLimits.GreatestDepth / BitsEach];
        var depth = 0;
        while (true)
        {
            var code = Next();
            if (code is (byte)'{' or (byte)'[')
            {
                _position++;
                if (_depth + ++depth > _limits.MaxDepth)
                {
                    ThrowTooDeep();
                }

                var bit = 1ul << ((depth - 1) % BitsEach);
                ref var bits = ref objects[(depth - 1) / BitsEach];
                bits = code == '{' ? bits | bit : bits & ~bit;
                if (Next() != code + 2)
                {
                    SkipName(code == '{');
                    continue;
                }

                // '[' and ']', '{' and '}' are two apart: this one is empty.
                _position++;
                depth--;
            }
            else
            {
                Skip();
            }

            while (true)
            {
                if (depth == 0)
                {
                    return;
                }

                var isObject = (objects[(depth - 1) / BitsEach] & (1ul << ((depth - 1) % BitsEach))) != 0;
                var next = Next();
                if (next == ',')
                {
                    ReadComma();
                    SkipName(isObject);
                    break;
                }

                if (next != (isObject ? '}' : ']'))
                {
                    ThrowUnexpected("a comma or the end of the list or object");
                }

                _position++;
                depth--;
            }
        }
    }

    /// <summary>Skips what is left of the innermost list or object, up to its bracket.</summary>
    private void SkipUntil(byte bracket)
    {
        // Either a value has just been read, or one may follow the opening bracket or a comma: what stands before tells.
        var before = _position - 1;
        while (_payload[before] is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r')
        {
            before--;
        }

        var follows = _payload[before] is (byte)'[' or (byte)'{' or (byte)',';
        do
        {
            if (!follows)
            {
                if (Next() != ',')
                {
                    ThrowUnexpected("a comma or the end of the list or object");
                }

                ReadComma();
            }

            SkipName(bracket == '}');
            Skip();
            follows = false;
        }
        while (Next() != bracket);
    }

    private void SkipName(bool isObject)
    {
        if (!isObject)
        {
            return;
        }

        if (Next() != '"')
        {
            ThrowUnexpected("a name");
        }

        SkipString();
        ReadColon();
    }

    // Checked as if it were read, so a payload is well-formed or not whatever this end knows of it.
    private void SkipString()
    {
        var text = Scan(out var contents);
        if ((contents & Contents.Escapes) != 0)
        {
            CheckEscapes(text);
        }

        if ((contents & Contents.BeyondAscii) != 0 && !Utf8.IsValid(text))
        {
            throw NotUtf8();
        }
    }

    private readonly void CheckEscapes(scoped ReadOnlySpan<byte> text)
    {
        for (var run = text.IndexOf((byte)'\\'); run >= 0; run = text.IndexOf((byte)'\\'))
        {
            text = text[(run + 1)..];
            ReadEscape(ref text);
        }
    }
}
