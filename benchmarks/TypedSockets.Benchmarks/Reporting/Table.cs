using System.Text;

namespace TypedSockets.Benchmarks.Reporting;

/// <summary>A Markdown table whose columns also line up in a terminal.</summary>
internal sealed class Table(params string[] header)
{
    // The first two columns are names, the others numbers.
    private const int NameColumns = 2;

    private readonly List<string[]> _rows = [];

    public void AddRow(params string[] row) => _rows.Add(row);

    public string ToMarkdown()
    {
        int[] widths = [.. header.Select((title, column) => _rows.Select(row => row[column].Length).Append(title.Length).Max())];
        var text = new StringBuilder();
        AppendRow(text, widths, header);
        AppendRow(text, widths, [.. widths.Select((width, column) => column < NameColumns ? new string('-', width) : new string('-', width - 1) + ":")]);
        foreach (var row in _rows)
        {
            AppendRow(text, widths, row);
        }

        return text.ToString().TrimEnd();
    }

    private static void AppendRow(StringBuilder text, int[] widths, string[] row)
    {
        text.Append('|');
        for (var column = 0; column < row.Length; column++)
        {
            text.Append(' ').Append(column < NameColumns ? row[column].PadRight(widths[column]) : row[column].PadLeft(widths[column])).Append(" |");
        }

        text.AppendLine();
    }
}
