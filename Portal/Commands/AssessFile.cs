using System.Globalization;
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

    /// <summary>Read no further; the rows are good without it.</summary>
    ColumnUnknown,

    /// <summary>Not read, though it seems to be one that is needed. Facts: the parameter, its unit.</summary>
    ColumnUnclear,

    ColumnTwice,

    /// <summary>Facts: fields of the row, fields of the header.</summary>
    FieldsDiffer,

    ValueMissing,

    /// <summary>Facts: the cell.</summary>
    NotANumber,

    /// <summary>Facts: the cell.</summary>
    Negative,

    /// <summary>9999: what instruments write where they have no value. Facts: the cell.</summary>
    Sentinel,

    /// <summary>Facts: the cell.</summary>
    NotATime,

    /// <summary>Facts: the cell.</summary>
    NotAnHour,

    /// <summary>Facts: the cell, the line where it stands before.</summary>
    HourTwice,

    /// <summary>The row names its time zone and the first row does not, or the other way round: which moment is meant is not known. Facts: the cell.</summary>
    ZonesMixed,

    /// <summary>None of the columns without which there is no answer. Facts: their names.</summary>
    NothingToAssess,

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
/// <param name="OnlyValue">The value alone was left out, not its row.</param>
public sealed record AssessProblem(int Line, string Column, AssessFault Fault, IReadOnlyList<string> Facts, bool OnlyValue = false);

/// <summary>A CSV file of an auditor: UTF-8, comma, decimal point, a header row with the columns in any order.</summary>
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
    private readonly Dictionary<string, int> places = [];
    private readonly List<AssessRow> rows = [];
    private readonly List<AssessProblem> problems = [];

    /// <summary>The columns that were understood, by the names that the reader gave them.</summary>
    public IReadOnlyCollection<string> Columns => places.Keys;

    /// <summary>The rows that have as many fields as the header.</summary>
    public IReadOnlyList<AssessRow> Rows => rows;

    /// <summary>All rows of the file under its header.</summary>
    public int RowsSeen { get; private set; }

    /// <summary>All that could not be read, in the order in which it was found.</summary>
    public IReadOnlyList<AssessProblem> Problems => problems;

    /// <summary>Whether the columns that must be there are.</summary>
    public bool HasHeader { get; private set; }

    /// <summary>Whether every row was read.</summary>
    public bool IsWhole => problems.TrueForAll(problem => problem.Fault == AssessFault.ColumnUnknown);

    /// <param name="columns">That must be there; others are let be.</param>
    public static AssessFile Read(string path, params IReadOnlyList<string> columns) =>
        Read(path, columns, header => columns.Contains(header) ? header : null, null);

    /// <param name="required">Columns that must be there.</param>
    /// <param name="headers">What the other headers mean; that one is unknown, is said.</param>
    internal static AssessFile Read(string path, IReadOnlyList<string> required, AssessHeader headers) =>
        Read(path, required, header => required.FirstOrDefault(column => column.Equals(header, StringComparison.OrdinalIgnoreCase)) ?? headers.Find(header), headers.Near);

    /// <param name="nameOf">What a header means; null where it is unknown, which is said.</param>
    public static AssessFile Read(string path, IReadOnlyList<string> required, Func<string, string?> nameOf) => Read(path, required, nameOf, _ => null);

    private static AssessFile Read(string path, IReadOnlyList<string> required, Func<string, string?> nameOf, Func<string, Parameter?>? near)
    {
        var file = new AssessFile();
        try
        {
            using var csv = CsvReader.FromText(File.ReadAllText(path, Utf8).TrimStart('\uFEFF'), Options);
            file.TakeHeader(csv.Headers, required, nameOf, near);
            file.HasHeader = file.problems.TrueForAll(problem => problem.Fault is AssessFault.ColumnUnknown or AssessFault.ColumnUnclear);
            while (file.HasHeader && csv.Read())
                file.Take(csv);
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

    /// <summary>Says so where none of these columns was understood.</summary>
    public void RequireOneOf(IReadOnlyCollection<string> needed)
    {
        if (HasHeader && !needed.Any(places.ContainsKey))
            Refuse(1, "", AssessFault.NothingToAssess, string.Join(", ", needed));
    }

    internal void Refuse(int line, string column, AssessFault fault, params IReadOnlyList<string> facts) => problems.Add(new(line, column, fault, facts));

    internal void LeaveOut(int line, string column, AssessFault fault, IReadOnlyList<string> facts) => problems.Add(new(line, column, fault, facts, OnlyValue: true));

    private void TakeHeader(IReadOnlyList<string> headers, IReadOnlyList<string> required, Func<string, string?> nameOf, Func<string, Parameter?>? near)
    {
        for (var place = 0; place < headers.Count; place++)
        {
            if (nameOf(headers[place].Trim()) is not { } name)
            {
                if (near?.Invoke(headers[place].Trim()) is { } parameter)
                    Refuse(1, headers[place], AssessFault.ColumnUnclear, parameter.Code, parameter.Unit.Code);
                else if (near is not null)
                    Refuse(1, headers[place], AssessFault.ColumnUnknown);
            }
            else if (!places.TryAdd(name, place))
            {
                Refuse(1, headers[place], AssessFault.ColumnTwice);
            }
        }
        foreach (var column in required.Where(column => !places.ContainsKey(column)))
            Refuse(1, column, AssessFault.ColumnMissing);
    }

    private void Take(CsvReader csv)
    {
        RowsSeen++;
        if (csv.FieldCount != csv.Headers.Count)
            Refuse((int)csv.LineNumber, "", AssessFault.FieldsDiffer, $"{csv.FieldCount}", $"{csv.Headers.Count}");
        else
            rows.Add(new(this, (int)csv.LineNumber, places.ToDictionary(column => column.Key, column => csv.GetString(column.Value).Trim())));
    }
}

/// <summary>One row; what cannot be read of it is written down as a problem of the file.</summary>
public sealed class AssessRow(AssessFile file, int line, IReadOnlyDictionary<string, string> cells)
{
    /// <summary>Of the file, the header being 1.</summary>
    public int Line => line;

    /// <summary>Whether nothing of it was refused.</summary>
    public bool IsGood { get; private set; } = true;

    /// <summary>The cell as the file writes it.</summary>
    public string this[string column] => cells[column];

    /// <summary>The cell, empty where the file has no such column.</summary>
    public string Optional(string column) => cells.GetValueOrDefault(column, "");

    /// <summary>A number with a decimal point, "&lt; x" or "&gt; x"; null where it is none: the row is refused.</summary>
    public ReportedValue? Value(string column)
    {
        if (Read(column) is { } value)
            return value;
        Refuse(column, this[column].Length == 0 ? AssessFault.ValueMissing : AssessFault.NotANumber, this[column]);
        return null;
    }

    /// <summary>The values of the cells that are filled; less than nothing is refused but for temperatures.</summary>
    /// <param name="eachAlone">A cell that cannot be read leaves out its own value only, not the row.</param>
    public Dictionary<string, ReportedValue> Values(IEnumerable<string> columns, bool eachAlone = false)
    {
        var values = new Dictionary<string, ReportedValue>();
        foreach (var column in columns.Where(column => Optional(column).Length > 0))
        {
            var value = Read(column);
            var isSentinel = value is { Number: > 0 } number && NumberReader.IsSentinel(number);
            if (!isSentinel && (value?.Number >= 0 || (value is not null && column == "Temp")))
            {
                values[column] = value.Value;
                continue;
            }
            var fault = value is null ? AssessFault.NotANumber : isSentinel ? AssessFault.Sentinel : AssessFault.Negative;
            if (eachAlone)
                LeaveOut(column, fault, this[column]);
            else
                Refuse(column, fault, this[column]);
        }
        return values;
    }

    private ReportedValue? Read(string column) =>
        NumberReader.ReadText(this[column], '.') is { Value: { } value, OtherMark: false } ? value : OfProgram(this[column]);

    // "3.27e-07": programs write small numbers so. People do not: the sheets of intake refuse it.
    private static ReportedValue? OfProgram(string text)
    {
        var censoring = text.Length > 0 ? text[0] switch { '<' => Censoring.Below, '>' => Censoring.Above, _ => Censoring.None } : Censoring.None;
        var digits = censoring == Censoring.None ? text : text[1..].Trim();
        return digits.Contains('e', StringComparison.OrdinalIgnoreCase)
            && decimal.TryParse(digits, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            // A number too small to hold would become a zero.
            && (number != 0 || !digits.AsSpan(0, digits.IndexOfAny(['e', 'E'])).ContainsAnyInRange('1', '9'))
            && (number >= 0 || censoring == Censoring.None)
                ? new(number, censoring) : null;
    }

    public void Refuse(string column, AssessFault fault, params IReadOnlyList<string> facts)
    {
        IsGood = false;
        file.Refuse(line, column, fault, facts);
    }

    /// <summary>One value of it does not count; the others do.</summary>
    public void LeaveOut(string column, AssessFault fault, params IReadOnlyList<string> facts) => file.LeaveOut(line, column, fault, facts);
}
