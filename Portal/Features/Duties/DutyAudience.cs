using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Duties;

/// <summary>An account that may be told of a duty.</summary>
internal sealed record DutyReader(int Account, string Organisation, bool Administers, string Language);

/// <summary>Whom to tell: accounts by organisation, parents by the day, the Department and the administrators.</summary>
internal sealed class DutyAudience
{
    private readonly ILookup<string, DutyReader> readers;
    private readonly ILookup<string, string> parents;
    private readonly HashSet<string> departments;

    private DutyAudience(IEnumerable<DutyReader> accounts, IEnumerable<(string Child, string Parent)> tree, IEnumerable<string> departments)
    {
        readers = accounts.ToLookup(reader => reader.Organisation);
        parents = tree.ToLookup(branch => branch.Child, branch => branch.Parent);
        this.departments = [.. departments];
    }

    /// <param name="province">Knows the tree.</param>
    /// <param name="system">Knows the accounts.</param>
    public static async Task<DutyAudience> ReadAsync(
        NpgsqlConnection province, NpgsqlConnection system, DateOnly today, CancellationToken cancel) => new(
        await system.ListAsync(
            """
            SELECT a.id, a.organisation_code, a.role = 'admin', coalesce(c.language, 'vi') FROM account a LEFT JOIN notice_choice c ON c.account_id = a.id
            WHERE a.role <> 'guest' AND portal_account_open(a.id) ORDER BY a.id
            """,
            row => new DutyReader(row.GetInt32(0), row.GetString(1), row.GetBoolean(2), row.GetString(3)), cancel),
        await province.ListAsync(
            """
            SELECT c.code, p.code FROM organisation_parent b JOIN organisation c ON c.id = b.organisation_id JOIN organisation p ON p.id = b.parent_id
            WHERE b.valid @> $1
            """,
            row => (row.GetString(0), row.GetString(1)), cancel, today),
        await province.ListAsync("SELECT code FROM organisation WHERE kind = 'department'", row => row.GetString(0), cancel));

    public IReadOnlyList<DutyReader> Of(string organisation) => [.. readers[organisation]];

    /// <summary>Parents of all degrees, the nearest first.</summary>
    public IReadOnlyList<string> Above(string organisation)
    {
        var above = new List<string>();
        for (var next = parents[organisation].FirstOrDefault(); next is not null && next != organisation && !above.Contains(next); next = parents[next].FirstOrDefault())
            above.Add(next);
        return above;
    }

    public bool IsDepartment(string organisation) => departments.Contains(organisation);

    /// <summary>The accounts of the Department, and the administrators.</summary>
    public IReadOnlyList<DutyReader> DepartmentAndAdministrators =>
        [.. readers.SelectMany(group => group).Where(reader => reader.Administers || departments.Contains(reader.Organisation))];
}
