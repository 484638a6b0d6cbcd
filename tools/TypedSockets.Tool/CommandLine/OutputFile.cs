namespace TypedSockets.Tool.CommandLine;

/// <summary>Where the text that was asked for goes.</summary>
internal static class OutputFile
{
    /// <param name="path">The file; null for the standard output.</param>
    /// <param name="text">The text.</param>
    /// <param name="output">The standard output.</param>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static void Write(string? path, string text, TextWriter output)
    {
        if (path is null)
        {
            output.Write(text);
            return;
        }

        try
        {
            // A file that would stay the same keeps its time: whatever watches it does nothing.
            if (!File.Exists(path) || File.ReadAllText(path) != text)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
                File.WriteAllText(path, text);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"'{path}' cannot be written: {exception.Message}");
        }
    }
}
