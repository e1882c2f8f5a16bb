using System.Globalization;
using CsvHelper;
using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Streams the rows of a CSV file that the guard let through: separated by comma, semicolon or tab (spreadsheets set to Vietnamese write semicolons).</summary>
internal sealed class CsvFile(string path, ProblemList problems, CancellationToken cancel) : IntakeFile(problems)
{
    private const int ColumnLimit = 1_000;

    // An unclosed quote would make one record of the rest of the file.
    private const int RecordLimit = 64 * 1024;

    public override IEnumerable<RawRow> Rows(bool skipHiddenSheets = true)
    {
        using var reader = CsvReader.FromFile(path, new CsvReaderOptions
        {
            HasHeader = false,
            SkipEmptyLines = false,
            MaxRecordSize = RecordLimit,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
        for (var number = 1; Read(reader, number); number++)
        {
            cancel.ThrowIfCancellationRequested();
            var cells = new RawCell[reader.FieldCount];
            for (var column = 0; column < cells.Length; column++)
                cells[column] = RawCell.OfText(reader.GetString(column));
            yield return new RawRow("", number, cells) { Separator = reader.Separator };
        }
    }

    private bool Read(CsvReader reader, int number)
    {
        try
        {
            if (!reader.Read())
                return false;
        }
        catch (CsvFormatException fault)
        {
            return Refuse(ProblemCode.FileBroken, number, "detail", fault.Message);
        }
        return reader.FieldCount <= ColumnLimit || Refuse(ProblemCode.TooManyColumns, number, "limit", ColumnLimit.ToString(CultureInfo.InvariantCulture));
    }

    private bool Refuse(ProblemCode code, int row, string fact, string value)
    {
        Problems.Add(new(code, null, row, Facts: new Dictionary<string, string> { [fact] = value }));
        return false;
    }
}
