using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Domain.Standards;

/// <summary>All standards that are loaded. What is not in it has no limit; nothing is filled in.</summary>
public sealed class StandardBook
{
    private readonly Dictionary<string, Standard> byCode;
    private readonly ILookup<(string Standard, string Column, string Parameter), Limit> limits;

    /// <exception cref="ArgumentException">A code stands twice, or two rows with the same key hold on the same day.</exception>
    public StandardBook(IEnumerable<Standard> standards)
    {
        byCode = standards.ToDictionary(standard => standard.Code);
        var rows = byCode.Values.SelectMany(standard => standard.Limits).ToList();
        foreach (var (_, later) in Overlaps.Find(rows, limit => limit.Key, limit => limit.Valid))
            throw new ArgumentException($"Two limits hold on the same day: {later.Key}.");
        Limits = rows;
        limits = rows.ToLookup(limit => (limit.Place.Standard, limit.Place.Column, limit.Parameter.Code));
    }

    public IReadOnlyCollection<Standard> All => byCode.Values;

    /// <summary>The rows of all standards.</summary>
    public IReadOnlyList<Limit> Limits { get; }

    /// <summary>The standard with this code, or null.</summary>
    public Standard? Find(string code) => byCode.GetValueOrDefault(code);

    /// <summary>The standard that a person wrote, with or without its issuer: "QCVN 40:2011"; null where none or more than one fits.</summary>
    public Standard? Named(string written)
    {
        var found = All.Where(standard => Short(standard.Code) == Short(written)).Take(2).ToList();
        return Find(written) ?? (found is [var only] ? only : null);
    }

    // "QCVN 10-MT:2015/BTNMT" is often written without "-MT", and always without care for spaces.
    private static string Short(string code) => string.Concat(code.Split('/')[0].Where(c => !char.IsWhiteSpace(c)))
        .ToUpperInvariant().Replace("-MT:", ":", StringComparison.Ordinal);

    /// <summary>The rows that hold for a parameter on a day in a column: none, one, or one for each table, fraction and averaging.</summary>
    public IReadOnlyList<Limit> Resolve(string standard, string column, string parameter, DateOnly day) =>
        limits[(standard, column, parameter)].Where(limit => limit.Valid.Contains(day)).ToList();
}
