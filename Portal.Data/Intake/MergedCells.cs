using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>Shows the cells of a row as a sheet does: a merged cell shows what its first cell holds, in all its rows, and hides what else is under it.</summary>
internal sealed class MergedCells(IReadOnlyList<Merge> merges)
{
    private readonly Queue<Merge> waiting = new(merges.OrderBy(merge => merge.FirstRow));
    private readonly List<(Merge Merge, RawCell First)> open = [];

    /// <param name="row">Every row in turn, from 1.</param>
    /// <param name="cells">Up to the last that holds something; changed in place where that is enough.</param>
    /// <exception cref="InvalidDataException">More merged cells lie over one another than a row has columns.</exception>
    public RawCell[] Show(int row, RawCell[] cells)
    {
        open.RemoveAll(one => one.Merge.LastRow < row);
        for (; waiting.TryPeek(out var next) && next.FirstRow <= row; waiting.Dequeue())
            open.Add((next, next.FirstColumn < cells.Length ? cells[next.FirstColumn] : default));
        if (open.Count > SheetScan.ColumnLimit)
            throw new InvalidDataException("Merged cells overlap.");
        // A row without anything of its own is a part of the one above.
        if (cells.Length == 0)
            return cells;
        foreach (var (merge, first) in open)
        {
            if (row > merge.FirstRow)
                cells = ShowFirst(cells, merge.FirstColumn, first);
            for (var column = merge.FirstColumn + 1; column <= merge.LastColumn && column < cells.Length; column++)
                cells[column] = cells[column].AsCovered();
        }
        return cells;
    }

    private static RawCell[] ShowFirst(RawCell[] cells, int column, RawCell first)
    {
        if (column >= cells.Length && !first.IsEmpty)
            Array.Resize(ref cells, column + 1);
        if (column < cells.Length)
            cells[column] = first.IsEmpty ? cells[column].AsCovered() : first.With(CellMarks.Merged);
        return cells;
    }
}
