using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>Where a sheet has the columns of a layout. Read afresh for every sheet: agencies move columns from year to year.</summary>
public sealed class Header
{
    private readonly Dictionary<Field, int> fields = [];
    private readonly Dictionary<int, ParameterHeader> parameters = [];
    private readonly Dictionary<int, string> texts = [];
    private readonly List<string> missing = [];
    private readonly List<string> absent = [];
    private readonly List<int> unknown = [];
    private readonly List<(int Column, int First)> twice = [];
    private readonly int[] aside;
    private readonly HashSet<int> described;

    /// <param name="qualifiers">Headers of a column of signs, folded: read of a long file, whatever its layout calls it.</param>
    public Header(Layout layout, RawRow row, IReadOnlySet<string>? qualifiers = null)
    {
        (Row, Fields) = (row.Number, row.Cells.Count);
        var columns = ReadTexts(row);
        foreach (var (field, text) in layout.Fields)
        {
            if (columns.Remove(Words.Fold(text), out var column))
                fields[field] = column;
            else
                (layout.IsRequired(field) ? missing : absent).Add(text);
        }
        foreach (var parameter in layout.Parameters)
        {
            if (columns.Remove(Words.Fold(parameter.Header), out var column))
                parameters[column] = parameter;
            else
                absent.Add(parameter.Header);
        }
        if (layout.Kind == LayoutKind.Wide && parameters.Count == 0)
            missing.AddRange(layout.Parameters.Select(parameter => parameter.Header));
        if (layout.Kind == LayoutKind.Long && this[Field.Qualifier] is null && columns.Keys.Where(text => qualifiers?.Contains(text) == true).ToList() is [var only])
        {
            columns.Remove(only, out var column);
            fields[Field.Qualifier] = column;
        }
        unknown.AddRange(columns.Values.Order());
        for (var column = 0; column < row.Cells.Count; column++)
            Width = row[column].Trimmed.Length > 0 ? column + 1 : Width;
        aside = [.. Enumerable.Range(0, Width).Where(column => !IsRead(column))];
        described = [.. fields.Where(field => field.Key != Field.Value).Select(field => field.Value)];
    }

    /// <summary>The row where it stands.</summary>
    public int Row { get; }

    /// <summary>Its fields, with those at the end that are empty.</summary>
    public int Fields { get; }

    /// <summary>Its columns, from the first of the sheet to the last with a text.</summary>
    public int Width { get; }

    /// <summary>Whether the column tells of which sample a value is, or in what: no value of its own.</summary>
    public bool Describes(int column) => described.Contains(column);

    /// <summary>Whether anything of the layout stands in the column.</summary>
    public bool IsRead(int column) => fields.ContainsValue(column) || parameters.ContainsKey(column);

    /// <summary>The columns up to <paramref name="width"/> of which nothing is read.</summary>
    public IEnumerable<int> Aside(int width) => width <= Width ? aside.TakeWhile(column => column < width) : aside.Concat(Enumerable.Range(Width, width - Width));

    /// <summary>Whether the row is a header of the layout at all.</summary>
    public bool Fits => missing.Count == 0;

    /// <summary>How many columns were recognised: the better fit of two layouts has more.</summary>
    public int Recognised => fields.Count + parameters.Count;

    public IReadOnlyList<string> Missing => missing;

    /// <summary>The headers of the row in their order.</summary>
    public IEnumerable<string> Found => texts.OrderBy(pair => pair.Key).Select(pair => pair.Value);

    /// <summary>The parameters' columns of a wide sheet.</summary>
    public IReadOnlyDictionary<int, ParameterHeader> Parameters => parameters;

    /// <summary>The column of a field, or null where the sheet has none.</summary>
    public int? this[Field field] => fields.TryGetValue(field, out var column) ? column : null;

    public string? TextOf(int column) => texts.GetValueOrDefault(column);

    /// <summary>What is to be told about this header.</summary>
    /// <param name="again">It stands below another one: what it has not is in that one.</param>
    public IEnumerable<Problem> Problems(Layout layout, RawRow row, bool again = false)
    {
        if (!Fits)
        {
            yield return new(ProblemCode.WrongHeader, row.SheetOrNull, row.Number, Facts: new Dictionary<string, string>
            {
                ["layout"] = layout.Code,
                ["expected"] = string.Join(", ", missing),
                ["found"] = string.Join(", ", Found),
            });
        }
        foreach (var (column, first) in twice)
            yield return At(ProblemCode.HeaderTwice, row, column, new() { ["first"] = ColumnName.Of(first) });
        foreach (var column in unknown)
            yield return At(ProblemCode.UnknownColumn, row, column, null);
        if (layout.Kind == LayoutKind.Wide && !again)
        {
            foreach (var header in absent)
                yield return new(ProblemCode.ColumnAbsent, row.SheetOrNull, row.Number, Facts: new Dictionary<string, string> { ["expected"] = header });
        }
    }

    private Problem At(ProblemCode code, RawRow row, int column, Dictionary<string, string>? facts) =>
        new(code, row.SheetOrNull, row.Number, column, texts[column], texts[column], facts);

    private Dictionary<string, int> ReadTexts(RawRow row)
    {
        var columns = new Dictionary<string, int>();
        for (var column = 0; column < row.Cells.Count; column++)
        {
            if (row[column].Trimmed.Length == 0)
                continue;
            texts[column] = row[column].Trimmed;
            var folded = Words.Fold(texts[column]);
            if (!columns.TryAdd(folded, column))
                twice.Add((column, columns[folded]));
        }
        return columns;
    }
}
