using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TypedSockets.Protocol.Tests.Simulation;

/// <summary>What must be true in every life.</summary>
internal static class Rule
{
    /// <exception cref="LifeException">The rule is broken.</exception>
    public static void Require(bool condition, string rule)
    {
        if (!condition)
        {
            throw new LifeException(rule);
        }
    }

    /// <inheritdoc cref="Require(bool, string)"/>
    public static void Require(bool condition, [InterpolatedStringHandlerArgument(nameof(condition))] Text rule)
    {
        if (!condition)
        {
            throw new LifeException(rule.ToString());
        }
    }

    /// <summary>A sentence that is put together only if it is needed: millions never are.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Text
    {
        private readonly StringBuilder? _text;

        public Text(int literals, int values, bool condition, out bool isNeeded)
        {
            isNeeded = !condition;
            _text = isNeeded ? new StringBuilder(literals + (8 * values)) : null;
        }

        public Text(int literals, int values, Life life, out bool isNeeded) : this(literals, values, !life.IsTraced, out isNeeded)
        {
        }

        public void AppendLiteral(string literal) => _text!.Append(literal);

        public void AppendFormatted<T>(T value) => _text!.Append(CultureInfo.InvariantCulture, $"{value}");

        public override string ToString() => _text?.ToString() ?? "";
    }
}
