namespace QuanTrac.Portal.Domain.Intake;

/// <summary>A cell of a sheet's row of limits.</summary>
/// <param name="Column">From 0.</param>
/// <param name="Text">As the sheet shows it; in the unit of <paramref name="Measure"/>.</param>
public sealed record LimitCell(int Column, string Header, Measure Measure, string Text);

/// <summary>A sheet's own row of limits, as it stands.</summary>
public sealed class SheetLimits
{
    internal SheetLimits(Layout layout, Header header, RawRow row, Func<int, Measure> measureOf)
    {
        Sheet = row.SheetOrNull;
        Row = row.Number;
        DecimalMark = layout.DecimalMark;
        Standard = row.Cells.Where((_, column) => ColumnName.Of(column) == layout.LimitStandardCell).FirstOrDefault().Trimmed;
        Cells = [.. header.Parameters.OrderBy(pair => pair.Key).Select(pair =>
            new LimitCell(pair.Key, pair.Value.Header, measureOf(pair.Key), row[pair.Key].Shown(layout.DecimalMark)))];
    }

    public string? Sheet { get; }

    public int Row { get; }

    /// <summary>The standard as the row names it: "QCVN 10:2023/BTNMT"; empty where it does not.</summary>
    public string Standard { get; }

    public IReadOnlyList<LimitCell> Cells { get; }

    internal char DecimalMark { get; }
}
