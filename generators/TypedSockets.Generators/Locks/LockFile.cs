using System;
using System.Collections.Generic;
using System.Linq;

namespace TypedSockets.Generators.Locks;

/// <summary>The file that a project keeps its contracts in as deployed peers know them: a head, and the description of each contract, in the order of their names.</summary>
internal static class LockFile
{
    /// <summary>The name of the file, beside the project.</summary>
    public const string Name = "contracts.lock";

    /// <summary>The constant of generated code that holds the description of a contract.</summary>
    public const string DescriptionConstant = "Description";

    /// <summary>What every version of the file begins with; the version follows.</summary>
    public const string Mark = "contracts.lock ";

    private const string Head = Mark + "1\n\n"
        + "# What deployed peers know of these contracts. The editor's fix and 'typedsockets lock' write it; commit it.\n"
        + "# A contract that stops understanding what stands here does not compile.\n";

    private const string ContractWord = "contract ";

    /// <summary>Returns the text of the file.</summary>
    public static string Write(IEnumerable<string> descriptions) =>
        Head + string.Concat(descriptions.OrderBy(static description => description, StringComparer.Ordinal).Select(static description => "\n" + description + "\n"));

    /// <summary>Takes the descriptions out of a file.</summary>
    /// <returns>Each with the number of its first line, counted from 0.</returns>
    /// <exception cref="FormatException">It is no such file, or one of a later version.</exception>
    public static IReadOnlyList<(string Description, int Line)> Read(string text)
    {
        var lines = text.Replace("\r\n", "\n").Split('\n');
        var found = new List<(List<string> Lines, int Line)>();
        if (text.Trim().Length == 0)
        {
            // A file that was made to be filled.
            return [];
        }

        if (lines[0].TrimEnd() != Mark + "1")
        {
            throw new FormatException(lines[0].StartsWith(Mark, StringComparison.Ordinal)
                ? $"it is of version '{lines[0].Substring(Mark.Length).Trim()}' and this generator reads version 1; update the package TypedSockets"
                : $"its first line is not '{Mark}1'");
        }

        for (var index = 1; index < lines.Length; index++)
        {
            if (lines[index].StartsWith(ContractWord, StringComparison.Ordinal))
            {
                found.Add(([lines[index]], index));
            }
            else if (lines[index].Length > 0 && lines[index][0] == ' ' && found.Count > 0)
            {
                found[found.Count - 1].Lines.Add(lines[index]);
            }
            else if (lines[index].Trim().Length > 0 && lines[index][0] != '#')
            {
                throw new FormatException(FormattableString.Invariant($"line {index + 1} is neither a contract nor a part of one"));
            }
        }

        return [.. found.Select(static item => (string.Join("\n", item.Lines), item.Line))];
    }

    /// <summary>Returns the text with one contract as it is now.</summary>
    /// <param name="text">The file; one that cannot be read is written anew.</param>
    /// <param name="former">The description that it has of the contract; null for none.</param>
    /// <param name="description">The description to put in its place.</param>
    public static string Replace(string text, string? former, string description)
    {
        var others = Read(text).Select(static item => item.Description).Where(other => other != former && other != description);
        return Write(others.Append(description));
    }
}
