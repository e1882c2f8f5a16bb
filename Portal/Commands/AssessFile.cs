using System.Text;
using CsvHelper;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Commands;

/// <summary>What is wrong with a file of an auditor, its row or its cell.</summary>
public enum AssessFault
{
    /// <summary>Not UTF-8, or no CSV. Facts: why.</summary>
    FileUnreadable,

    ColumnMissing,

    /// <summary>Facts: fields of the row, fields of the header.</summary>
    FieldsDiffer,

    ValueMissing,

    /// <summary>Facts: the cell.</summary>
    NotANumber,

    /// <summary>Facts: the cell.</summary>
    ParameterUnknown,

    /// <summary>Facts: the cell.</summary>
    UnitUnknown,

    /// <summary>Facts: the cell, the unit of the parameter.</summary>
    UnitDoesNotFit,

    /// <summary>Facts: the columns between which nothing decides.</summary>
    LimitAmbiguous,
}

/// <param name="Line">Of the file, the header being 1; 0 for the whole file.</param>
/// <param name="Column">Its header; empty for the whole row.</param>
public sealed record AssessProblem(int Line, string Column, AssessFault Fault, IReadOnlyList<string> Facts);

/// <summary>A CSV file of an auditor: UTF-8, comma, decimal point, a header row with the columns in any order. Other columns are let be.</summary>
public sealed class AssessFile
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
    private readonly List<AssessRow> rows = [];
    private readonly List<AssessProblem> problems = [];

    /// <summary>The rows that have as many fields as the header.</summary>
    public IReadOnlyList<AssessRow> Rows => rows;

    /// <summary>All that could not be read, in the order in which it was found.</summary>
    public IReadOnlyList<AssessProblem> Problems => problems;

    /// <param name="columns">That must be there.</param>
    public static AssessFile Read(string path, params IReadOnlyList<string> columns)
    {
        var file = new AssessFile();
        try
        {
            using var csv = CsvReader.FromText(File.ReadAllText(path, Utf8).TrimStart('\uFEFF'), Options);
            var missing = columns.Where(column => !csv.Headers.Contains(column)).ToList();
            foreach (var column in missing)
                file.Refuse(1, column, AssessFault.ColumnMissing);
            while (missing.Count == 0 && csv.Read())
                file.Take(csv, columns);
        }
        catch (CsvFormatException exception)
        {
            file.Refuse((int)exception.LineNumber, "", AssessFault.FileUnreadable, exception.Message);
        }
        catch (DecoderFallbackException exception)
        {
            file.Refuse(0, "", AssessFault.FileUnreadable, exception.Message);
        }
        return file;
    }

    internal void Refuse(int line, string column, AssessFault fault, params IReadOnlyList<string> facts) => problems.Add(new(line, column, fault, facts));

    private void Take(CsvReader csv, IReadOnlyList<string> columns)
    {
        if (csv.FieldCount != csv.Headers.Count)
            Refuse((int)csv.LineNumber, "", AssessFault.FieldsDiffer, $"{csv.FieldCount}", $"{csv.Headers.Count}");
        else
            rows.Add(new(this, (int)csv.LineNumber, columns.ToDictionary(column => column, column => csv.GetString(column).Trim())));
    }
}

/// <summary>One row; what cannot be read of it is written down as a problem of the file.</summary>
public sealed class AssessRow(AssessFile file, int line, IReadOnlyDictionary<string, string> cells)
{
    /// <summary>The cell as the file writes it.</summary>
    public string this[string column] => cells[column];

    /// <summary>A number with a decimal point, "&lt; x" or "&gt; x"; null where it is none.</summary>
    public ReportedValue? Value(string column)
    {
        var reading = NumberReader.ReadText(this[column], '.');
        if (reading is { Value: not null, OtherMark: false })
            return reading.Value;
        Refuse(column, this[column].Length == 0 ? AssessFault.ValueMissing : AssessFault.NotANumber, this[column]);
        return null;
    }

    public void Refuse(string column, AssessFault fault, params IReadOnlyList<string> facts) => file.Refuse(line, column, fault, facts);
}
