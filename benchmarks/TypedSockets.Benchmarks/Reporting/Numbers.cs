using System.Globalization;

namespace TypedSockets.Benchmarks.Reporting;

/// <summary>How numbers are written in the table.</summary>
internal static class Numbers
{
    /// <summary>Three significant digits, thousands with separators; empty for null.</summary>
    public static string Significant(double? value) => value switch
    {
        null => "",
        0 => "0",
        >= 100 => value.Value.ToString("N0", CultureInfo.InvariantCulture),
        >= 10 => value.Value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 1 => value.Value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.Value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
