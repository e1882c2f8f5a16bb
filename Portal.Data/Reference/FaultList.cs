using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>A row with the place where it stands.</summary>
internal sealed record Located<T>(string File, int Row, T Item);

/// <summary>Gathers faults, and the checks that every file needs.</summary>
internal sealed class FaultList
{
    private readonly List<ReferenceFault> faults = [];

    public IReadOnlyList<ReferenceFault> All => faults;

    public void Add(string file, int row, ReferenceRule rule, string message) => faults.Add(new(file, row, rule, message));

    public void Add<T>(Located<T> at, ReferenceRule rule, string message) => Add(at.File, at.Row, rule, message);

    /// <summary>Reports rows whose key stands before, and returns the others.</summary>
    public IReadOnlyList<Located<T>> Once<T>(IReadOnlyList<Located<T>> rows, Func<T, object> key)
    {
        var first = new Dictionary<object, Located<T>>();
        var kept = new List<Located<T>>(rows.Count);
        foreach (var row in rows)
        {
            if (first.TryAdd(key(row.Item), row))
                kept.Add(row);
            else
                Add(row, ReferenceRule.Duplicate, $"{key(row.Item)} stands already in row {first[key(row.Item)].Row}.");
        }
        return kept;
    }

    /// <summary>Reports rows of one thing that hold on the same day.</summary>
    public void NoOverlap<T>(IReadOnlyList<Located<T>> rows, Func<T, object> key, Func<T, DateInterval> valid)
    {
        foreach (var (earlier, later) in Overlaps.Find(rows, row => key(row.Item), row => valid(row.Item)))
            Add(later, ReferenceRule.Overlap, $"{key(later.Item)} holds on days on which row {earlier.Row} holds.");
    }

    /// <summary>Reports rows that name something which is not there.</summary>
    public void Known<T>(IReadOnlyList<Located<T>> rows, string what, Func<T, string> code, Func<string, bool> isKnown)
    {
        foreach (var row in rows)
        {
            if (!isKnown(code(row.Item)))
                Add(row, ReferenceRule.Unknown, $"There is no {what} \"{code(row.Item)}\".");
        }
    }
}
