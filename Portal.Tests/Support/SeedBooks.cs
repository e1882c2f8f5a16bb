using System.Globalization;
using CsvHelper;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Tests.Support;

/// <summary>Paths of the working copy, found upwards from the test's own directory.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>The directory of shared input, or null where it is absent.</summary>
    public static string? Shared { get; } = new[]
    {
        Environment.GetEnvironmentVariable("QUANTRAC_SHARED"),
        Path.Combine(Root, "..", "shared"),
        Path.Combine(Root, "..", "..", "shared"),
    }.FirstOrDefault(path => path is not null && Directory.Exists(path));

    private static string FindRoot()
    {
        var directory = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(directory, "QuanTrac.Portal.sln")))
            directory = Path.GetDirectoryName(directory) ?? throw new InvalidOperationException("The tests run outside the working copy.");
        return directory;
    }
}

/// <summary>The reference data of <c>seed/</c>, as far as intake needs it without a database.</summary>
internal static class SeedBooks
{
    public static IntakeBooks Books { get; } = ReadBooks();

    /// <summary>NB1-NB99, all of them the handing-in organisation's own.</summary>
    public static KnownSites SeaSites { get; } = new(Rows("sites/sea_sites.csv")
        .Select((row, index) => new KnownSite(index + 1, row["code"], row["name_vi"], MayHandIn: true)));

    private static IntakeBooks ReadBooks()
    {
        var units = new UnitBook(
            Rows("units.csv").Select(row => new Unit(row["code"], row["quantity"], decimal.Parse(row["factor"], CultureInfo.InvariantCulture), row["name_vi"], row["name_en"])),
            Rows("unit_aliases.csv").Select(row => KeyValuePair.Create(row["alias"], row["unit"])));
        var parameters = new ParameterBook(
            Rows("parameters.csv").Select((row, index) => new Parameter(row["code"], row["name_vi"], row["name_en"], units[row["unit"]], index)),
            Rows("parameter_aliases.csv").Select(row => KeyValuePair.Create(row["alias"], row["parameter"])));
        return new(units, parameters, Rows("media.csv").Select(row => row["code"]).ToHashSet());
    }

    private static List<Dictionary<string, string>> Rows(string file)
    {
        using var reader = CsvReader.FromFile(Path.Combine(Repository.Root, "seed", file));
        var rows = new List<Dictionary<string, string>>();
        while (reader.Read())
            rows.Add(reader.Current.ToDictionary().ToDictionary(pair => pair.Key, pair => pair.Value ?? ""));
        return rows;
    }
}
