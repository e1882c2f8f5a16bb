using System.Text;
using CsvHelper;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>Reads one CSV file of the seed: UTF-8, comma, a header row that must be exactly the agreed one.</summary>
internal static class SeedTable
{
    private static readonly CsvReaderOptions Options = new()
    {
        Separator = ',',
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        MissingField = CsvMissingFieldHandling.ReturnEmpty,
    };

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The good rows; each fault of the others is in <paramref name="faults"/>.</summary>
    /// <param name="make">Builds an item; null where the row is faulty.</param>
    public static IReadOnlyList<Located<T>> Read<T>(string root, string file, string[] columns, FaultList faults, Func<SeedRow, T?> make)
        where T : class
    {
        var items = new List<Located<T>>();
        var path = Path.Combine(root, file);
        if (!File.Exists(path))
        {
            faults.Add(file, 0, ReferenceRule.FileMissing, "The file is not there.");
            return items;
        }
        try
        {
            using var csv = CsvReader.FromText(File.ReadAllText(path, Utf8), Options);
            if (!csv.Headers.SequenceEqual(columns))
            {
                faults.Add(file, 1, ReferenceRule.WrongHeader, $"The header must be: {string.Join(',', columns)}");
                return items;
            }
            while (csv.Read())
            {
                var row = new SeedRow(csv, file, columns.Length, faults);
                if (row.IsGood && make(row) is { } item && row.IsGood)
                    items.Add(new(file, row.Number, item));
            }
        }
        catch (CsvFormatException exception)
        {
            faults.Add(file, (int)exception.LineNumber, ReferenceRule.FileUnreadable, exception.Message);
        }
        catch (DecoderFallbackException)
        {
            faults.Add(file, 0, ReferenceRule.FileUnreadable, "The file is not in UTF-8.");
        }
        return items;
    }
}
