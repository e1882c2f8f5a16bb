namespace QuanTrac.Portal.Domain.Monitoring;

/// <summary>Finds dated rows of one thing that hold on the same day.</summary>
public static class Overlaps
{
    /// <summary>Each row that begins before an earlier row with the same key has ended, with that earlier row.</summary>
    public static IEnumerable<(T Earlier, T Later)> Find<T>(IEnumerable<T> rows, Func<T, object> key, Func<T, DateInterval> valid)
    {
        foreach (var group in rows.GroupBy(key))
        {
            var ordered = group.OrderBy(row => valid(row).From ?? DateOnly.MinValue).ToList();
            var reach = ordered[0];
            foreach (var row in ordered.Skip(1))
            {
                if (valid(row).Overlaps(valid(reach)))
                    yield return (reach, row);
                if ((valid(row).To ?? DateOnly.MaxValue) > (valid(reach).To ?? DateOnly.MaxValue))
                    reach = row;
            }
        }
    }
}
