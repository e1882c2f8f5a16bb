using QuanTrac.Portal.Domain.Intake;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>What stands behind a cell or at it, that the library that reads cells does not show.</summary>
/// <param name="Error">"#N/A"; null where it is no error.</param>
internal readonly record struct CellMark(CellMarks Marks, bool IsFormula, string? Error);

/// <summary>A merged cell. Rows from 1, columns from 0, both ends belonging to it.</summary>
internal readonly record struct Merge(int FirstRow, int FirstColumn, int LastRow, int LastColumn);

/// <summary>What a sheet holds, found before a library expands its gaps.</summary>
/// <param name="Marks">Rows from 1, columns from 0.</param>
/// <param name="LastRow">The last row with anything in it; 0 where the sheet is empty.</param>
/// <param name="Cells">How many cells hold something.</param>
internal sealed record SheetContents(
    IReadOnlyDictionary<(int Row, int Column), CellMark> Marks, int LastRow, int Cells, IReadOnlySet<int> HiddenRows, IReadOnlySet<int> HiddenColumns, IReadOnlyList<Merge> Merges);
