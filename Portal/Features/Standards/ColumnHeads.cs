namespace QuanTrac.Portal.Features.Standards;

/// <summary>The heads of the columns of one table: what all names begin with is said once, above them.</summary>
/// <param name="Common">"Bảng 2 (sông, suối, kênh, mương, khe, rạch)"; null where they share nothing.</param>
/// <param name="Names">"mức A", "mức B" …</param>
public sealed record ColumnHeads(string? Common, IReadOnlyList<string> Names)
{
    private const string Joint = ", ";

    public static ColumnHeads Of(IReadOnlyList<string> names)
    {
        if (names.Count < 2)
            return new(null, names);
        var length = names[0].Length;
        foreach (var name in names)
            length = Math.Min(length, name.AsSpan().CommonPrefixLength(names[0]));
        var end = names[0].AsSpan(0, length).LastIndexOf(Joint);
        return end <= 0 ? new(null, names) : new(names[0][..end], names.Select(name => name[(end + Joint.Length)..]).ToList());
    }
}
