using System.Globalization;
using System.Text.Json;
using CsvHelper;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>Reads the tables of <c>seed/demo</c>.</summary>
internal static class DemoFiles
{
    private static string Folder => Path.Combine(PortalHome.Seed, "demo");

    /// <summary>Each row by the names of its columns.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, string>> Rows(string file)
    {
        using var csv = CsvReader.FromFile(Path.Combine(Folder, file), new CsvReaderOptions { MalformedData = CsvMalformedDataHandling.Throw });
        var rows = new List<IReadOnlyDictionary<string, string>>();
        while (csv.Read())
            rows.Add(csv.Headers.ToDictionary(column => column, column => csv.GetString(column)));
        return rows;
    }

    /// <summary>The same as a JSON array of objects, for a statement to read.</summary>
    public static string Json(string file) => JsonSerializer.Serialize(Rows(file));

    public static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
