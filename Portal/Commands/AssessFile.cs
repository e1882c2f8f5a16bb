using System.Globalization;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Features.Intake;

namespace QuanTrac.Portal.Commands;

/// <summary>The table that a verb "assess …" is given: UTF-8 CSV, a header of known names in any order, decimal point, an empty cell where
/// nothing was measured, "&lt;x" and "&gt;x". What cannot be read is kept as a problem with its row and column, and the rest is read.</summary>
public sealed class AssessFile
{
    private const char Point = '.';

    private readonly IntakeFile file;
    private readonly RawRow? header;
    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);

    private AssessFile(IntakeFile file, string verb, IReadOnlyCollection<string> needed, IReadOnlyCollection<string> others)
    {
        this.file = file;
        header = file.Rows().FirstOrDefault(row => !row.IsEmpty);
        if (header is null)
        {
            if (!file.Problems.HasBlocker)
                file.Problems.Add(new(ProblemCode.FileEmpty));
            return;
        }
        var known = new HashSet<string>([.. needed, .. others], StringComparer.OrdinalIgnoreCase);
        for (var column = 0; column < header.Cells.Count; column++)
        {
            var name = header[column].Trimmed;
            if (name.Length == 0)
                continue;
            if (!known.Contains(name))
                Add(ProblemCode.UnknownColumn, header, column);
            else if (!columns.TryAdd(name, column))
                Add(ProblemCode.HeaderTwice, header, column, "first", ColumnName.Of(columns[name]));
        }
        if (needed.Where(name => !columns.ContainsKey(name)).ToList() is { Count: > 0 } missing)
        {
            file.Problems.Add(new(ProblemCode.WrongHeader, null, header.Number, Facts: new Dictionary<string, string>
            {
                ["layout"] = verb, ["expected"] = string.Join(", ", missing), ["found"] = string.Join(", ", header.Cells.Select(cell => cell.Trimmed)),
            }));
        }
    }

    /// <param name="verb">As the problems name what was asked for.</param>
    /// <param name="needed">The columns without which nothing can be done.</param>
    /// <param name="others">Those that may be there too.</param>
    /// <exception cref="UsageException">There is no such file.</exception>
    public static AssessFile Open(string path, string verb, IReadOnlyCollection<string> needed, IReadOnlyCollection<string> others) =>
        File.Exists(path) ? new(FileReader.Open(path), verb, needed, others) : throw new UsageException(UsageFault.FileUnknown, path);

    /// <summary>Whether the file is a table of the columns that are needed.</summary>
    public bool IsUsable => !file.Problems.HasBlocker;

    /// <summary>Whether nothing had to be left out so far.</summary>
    public bool IsRead => file.Problems.All.All(problem => problem.Severity < Severity.Error);

    /// <summary>Whether the file has a column.</summary>
    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>The rows below the header, without empty ones.</summary>
    public IEnumerable<AssessRow> Rows()
    {
        if (!IsUsable)
            yield break;
        foreach (var row in file.Rows().Where(row => row.Number > header!.Number && row.Sheet == header.Sheet && !row.IsEmpty))
        {
            // "0,02" without quotes is two cells: what stands before would be read as 0.
            var over = Enumerable.Range(0, row.Cells.Count).FirstOrDefault(column => column >= header!.Cells.Count && !row[column].IsEmpty, -1);
            if (over < 0)
                yield return new AssessRow(this, row);
            else
                Add(ProblemCode.TooManyCells, row, over);
        }
    }

    /// <summary>Writes the problems for people to read, in the language of the terminal.</summary>
    public async Task TellAsync(CommandContext context)
    {
        var text = ProblemTexts.In(context.Texts.Language);
        foreach (var problem in file.Problems.All.Where(problem => problem.Code != ProblemCode.RoundedTo15Digits))
        {
            var view = ProblemView.Of(problem);
            var more = problem.Count > 1 ? $" (×{problem.Count.ToString(CultureInfo.InvariantCulture)})" : "";
            await context.Notes.WriteLineAsync($"{ProblemSentence.Place(text, view)}: {ProblemSentence.Sentence(text, view)}{more}");
        }
        if (!IsRead)
            await context.Notes.WriteLineAsync(context.Texts["AssessUnread", context.Line.Arguments[0]]);
    }

    internal RawCell Cell(RawRow row, string column) => columns.TryGetValue(column, out var at) ? row[at] : default;

    internal void Refuse(RawRow row, string column, ProblemCode code, string fact = "mark", string value = ".") =>
        Add(code, row, columns[column], fact, value);

    private void Add(ProblemCode code, RawRow row, int column, string fact = "mark", string value = ".") => file.Problems.Add(
        new(code, row.SheetOrNull, row.Number, column, header![column].Trimmed, row[column].Shown(Point), new Dictionary<string, string> { [fact] = value }));
}

/// <summary>One row of an <see cref="AssessFile"/>. What cannot be read is null, and a problem of the file.</summary>
public sealed partial class AssessRow
{
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyy-MM"];
    private static readonly string[] Moments = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] MomentsOfAZone = [.. Moments.Select(format => format + "zzz"), .. Moments.Select(format => format + "'Z'")];

    private readonly AssessFile file;
    private readonly RawRow row;

    internal AssessRow(AssessFile file, RawRow row) => (this.file, this.row) = (file, row);

    /// <summary>The cell as written; empty where there is none.</summary>
    public string Text(string column) => file.Cell(row, column).Trimmed;

    /// <summary>What was measured; null where the cell is empty too.</summary>
    public ReportedValue? Value(string column)
    {
        var cell = file.Cell(row, column);
        if (cell.IsEmpty)
            return null;
        var reading = Scientific(cell.Trimmed) ?? NumberReader.Read(cell, '.');
        if (reading.Refused is { } code)
            file.Refuse(row, column, code);
        else if (reading.OtherMark)
            file.Refuse(row, column, ProblemCode.OtherDecimalMark);
        return reading.Value;
    }

    /// <summary>Says that a cell is not what it should be.</summary>
    public void Refuse(string column, ProblemCode code) => file.Refuse(row, column, code);

    /// <summary>A plain number; null where the text is none.</summary>
    public static decimal? Number(string text) => (Scientific(text) ?? NumberReader.ReadText(text, '.')).Value is { IsCensored: false } value ? value.Number : null;

    /// <summary>A day, month or moment after ISO 8601 in the province's time (a zone that is told is turned into it); null where the text is none.</summary>
    public static DateTime? Moment(string text)
    {
        text = text.Length > 10 && text[10] == ' ' ? $"{text[..10]}T{text[11..]}" : text;
        if (DateTime.TryParseExact(text, [.. Days, .. Moments], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return local;
        return DateTimeOffset.TryParseExact(text, MomentsOfAZone, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? PortalDay.Local(instant)
            : null;
    }

    // "3.27e-07": programs write small numbers so. People do not: the sheets of intake refuse it.
    private static NumberReading? Scientific(string text)
    {
        var match = Power().Match(text);
        if (!match.Success)
            return null;
        var censoring = match.Groups[1].Value switch { "<" => Censoring.Below, ">" => Censoring.Above, _ => Censoring.None };
        var digits = match.Groups[2].Value;
        // A number too small to hold would become a zero.
        var isZero = !digits.AsSpan(0, digits.IndexOfAny(['e', 'E'])).ContainsAnyInRange('1', '9');
        if (!decimal.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || (number == 0) != isZero)
            return new(null, ProblemCode.NotANumber);
        return number < 0 && censoring != Censoring.None ? new(null, ProblemCode.NegativeBound) : new(new ReportedValue(number, censoring));
    }

    [GeneratedRegex(@"^([<>]?)\s*(-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3})$")]
    private static partial Regex Power();
}
