using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>The notes of a table: beside a row where only that row has it, else below the table with a number.</summary>
public sealed class TableNotes
{
    // A note that more rows share is said once.
    private const int MostTimes = 2;

    private readonly List<string> numbered = [];

    public TableNotes(LimitTable table)
    {
        var whole = table.Lines.Select(Whole).OfType<string>().Where(note => note.Length > 0).CountBy(note => note).Where(note => note.Value > MostTimes).Select(note => note.Key);
        var single = table.Lines.Where(line => Whole(line) is null).SelectMany(line => line.Shown).Select(Note).Where(note => note.Length > 0);
        numbered.AddRange(whole.Concat(single).Distinct());
        IsEmpty = !table.Lines.Any(line => Whole(line) is { Length: > 0 });
    }

    /// <summary>The notes below the table; the first has the number 1.</summary>
    public IReadOnlyList<string> Numbered => numbered;

    /// <summary>No row has a note for all its cells.</summary>
    public bool IsEmpty { get; }

    /// <summary>What stands beside the row: its note, or the number of it.</summary>
    public string Beside(LimitLine line) => Whole(line) is not { } note ? "" : Number(note) is { } number ? Mark(number) : note;

    /// <summary>What stands in the cell where its row has no note for all; empty mostly.</summary>
    public string In(LimitLine line, LimitCell? cell) =>
        Whole(line) is null && cell?.Shown is { } limit && Number(Note(limit)) is { } number ? Mark(number) : "";

    private int? Number(string note) => numbered.IndexOf(note) is >= 0 and var at ? at + 1 : null;

    private static string Mark(int number) => FormattableString.Invariant($"({number})");

    // Null where the cells differ.
    private static string? Whole(LimitLine line) => line.Shown.Select(Note).Distinct().Take(2).ToList() switch
    {
        [] => "",
        [var only] => only,
        _ => null,
    };

    // The words of a class are the limit itself.
    private static string Note(Limit limit) => limit.Value.Kind == LimitKind.ClassText ? "" : limit.Origin.Note;
}
