using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>A standard that can be chosen for comparison.</summary>
public sealed record Comparable(string Code, string? SupersededBy);

/// <summary>One side of a comparison: a standard, a column, and the day whose rows are shown.</summary>
/// <param name="Column">Null where the standard has no column: its values are not known.</param>
public sealed record ComparedSide(Standard Standard, StandardColumn? Column, DateOnly Day)
{
    public IEnumerable<Limit> Limits => Standard.Limits.Where(limit => limit.Place.Column == Column?.Code && limit.Valid.Contains(Day));
}

/// <summary>Two versions side by side.</summary>
public sealed record ComparisonSheet(IReadOnlyList<Comparable> Choices, ComparedSide Old, ComparedSide New, IReadOnlyList<ComparedLimit> Rows);

/// <summary>Chooses what the address leaves open, and compares.</summary>
public sealed class ComparisonQuery(NpgsqlConnection connection, bool vietnamese, DateOnly today)
{
    /// <summary>Null where a named standard is not there, or no two versions of anything are loaded.</summary>
    public async Task<ComparisonSheet?> RunAsync(ComparisonChoice choice, CancellationToken cancel)
    {
        var choices = await connection.ListAsync(ChoicesSql, row => new Comparable(row.GetString(0), StandardRows.Text(row, 1)), cancel);
        if (Codes(choice, choices) is not var (older, newer))
            return null;
        var query = new StandardQuery(connection, vietnamese);
        var (old, @new) = (await query.StandardAsync(older, cancel), await query.StandardAsync(newer, cancel));
        var newColumn = Column(@new, choice.NewColumn, choice.OldColumn);
        var oldSide = Side(old, Column(old, choice.OldColumn, newColumn?.Code), choice.Day);
        var newSide = Side(@new, newColumn, choice.Day);
        return new(choices, oldSide, newSide, Comparison.Of(oldSide.Limits, newSide.Limits));
    }

    private ComparedSide Side(Standard standard, StandardColumn? column, DateOnly? day) => new(standard, column, standard.Papers.ShownOn(day ?? today));

    // What is not named: the version before, or after, the one that is; else the newest pair.
    private static (string Old, string New)? Codes(ComparisonChoice choice, List<Comparable> choices)
    {
        Comparable? Find(string? slug) => choices.Find(standard => StandardAddress.Slug(standard.Code) == slug);
        Comparable? Successor(Comparable old) => choices.Find(standard => standard.Code == old.SupersededBy);
        var (old, now) = (Find(choice.Old), Find(choice.New));
        if ((choice.Old is not null && old is null) || (choice.New is not null && now is null))
            return null;
        old ??= now is null ? choices.Find(standard => Successor(standard) is not null) : choices.Find(standard => standard.SupersededBy == now.Code) ?? now;
        now ??= old is null ? null : Successor(old) ?? old;
        return old is null || now is null ? null : (old.Code, now.Code);
    }

    // The one that is named, else the one with the same code as on the other side, else the first with limits.
    private static StandardColumn? Column(Standard standard, string? named, string? other) =>
        (named is null ? null : standard.Column(named))
        ?? (other is null ? null : standard.Column(other))
        ?? standard.Columns.FirstOrDefault();

    // Newest first, so that the pair that nobody chose is the newest whose figures are known on both sides.
    private const string ChoicesSql =
        """
        SELECT s.code, s.superseded_by
        FROM standard s
        WHERE s.index_kind IS NULL
        ORDER BY EXISTS (SELECT FROM standard_limit l WHERE l.standard = s.superseded_by) DESC, lower(s.valid) DESC NULLS LAST, s.code
        LIMIT 500
        """;
}
