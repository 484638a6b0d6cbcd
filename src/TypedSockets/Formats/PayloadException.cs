namespace TypedSockets.Formats;

/// <summary>A payload cannot be read: its bytes are not a value of the expected type, or exceed a limit.</summary>
public sealed class PayloadException : Exception
{
    /// <summary>Creates the exception.</summary>
    public PayloadException(string message) : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public PayloadException(string message, Exception? innerException) : base(message, innerException)
    {
    }

    /// <summary>The peer sent fewer values than this end needs, and <paramref name="member"/> has no default to take instead.</summary>
    /// <param name="member">The missing value as a path, such as <c>Say.line.Text</c>.</param>
    public static PayloadException Missing(string member) =>
        new($"'{member}' is missing in the payload and has no default; the peer's contract is older. A nullable type or a default value makes the member optional.");

    /// <summary>A value is outside the range of the type that this end reads.</summary>
    /// <param name="value">The value as text.</param>
    /// <param name="type">The type that cannot hold it.</param>
    public static PayloadException OutOfRange(string value, string type) => new($"Value '{value}' does not fit '{type}'.");
}
