using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Features.Http;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Scope;

/// <summary>
/// A running portal for each role's view of each relation. For body, facility, parent and guest there is a family of organisations, "FACILITY-OWN" with a child,
/// a grandchild under that, a sibling (both stand under FACILITY-TOP) and one that is none of these. Each organisation has a row in every table that can belong to
/// one; BODY-OWN and its kin are boards, each with a list of its own site. What belongs to nobody of them is the Department's ("none"); only its campaign is released.
/// </summary>
public sealed class EveryRelation(TestCluster cluster) : HttpPortal(cluster)
{
    /// <summary>Who looks. Admin and department see everything, so all families are theirs alike.</summary>
    public static readonly string[] Roles = ["admin", "department", "body", "facility", "parent", "guest"];

    public static readonly string[] Relations = ["own", "child", "grandchild", "sibling", "other", "none"];

    /// <summary>The organisation that stands in a relation to a role; the Department for none.</summary>
    public static string Organisation(string role, string relation) =>
        relation == "none" ? "SONNMT" : $"{(role is "admin" or "department" ? "FACILITY" : role.ToUpperInvariant())}-{relation.ToUpperInvariant()}";

    protected override async Task<DatabaseLogins> MakeDatabaseAsync(TestCluster source)
    {
        var logins = await source.CreateDatabaseAsync();
        await using var connection = new NpgsqlConnection(logins.ConnectionString(DatabaseRole.Owner));
        await connection.OpenAsync();
        foreach (var part in new[] { EveryRelationRows.Organisations, EveryRelationRows.Places, EveryRelationRows.Data, EveryRelationRows.Mixed, EveryRelationRows.Rest })
            await connection.ExecuteAsync(part, default);
        return logins;
    }

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        await MakeAccountAsync("admin", Role.Admin, "TTCNTT");
        await MakeAccountAsync("department", Role.Manager, "SONNMT");
        await MakeAccountAsync("body", Role.Manager, "BODY-OWN");
        await MakeAccountAsync("facility", Role.Facility, "FACILITY-OWN");
        await MakeAccountAsync("parent", Role.Parent, "PARENT-OWN");
        await MakeAccountAsync("guest", Role.Guest, "GUEST-OWN");
        // A file behind each hash that a row names.
        await using var connection = new NpgsqlConnection(Logins.ConnectionString(DatabaseRole.Owner));
        await connection.OpenAsync();
        foreach (var sha256 in await connection.ListAsync("SELECT sha256 FROM stored_file", row => row.GetString(0), default))
        {
            var path = Path.Combine(Files, sha256[..2], sha256[2..4], sha256);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, await ContentAsync(connection, sha256));
        }
    }

    // A mixed file says what its submission brought; the others say nothing.
    private static async Task<string> ContentAsync(NpgsqlConnection connection, string sha256) => "Mã điểm,Thông số\n" + string.Concat(await connection.ListAsync(
        "SELECT s.code || ',' || r.reported FROM result r JOIN submission b ON b.id = r.submission_id AND b.account_id = 1 JOIN site s ON s.id = r.site_id WHERE b.file_sha256 = $1",
        row => row.GetString(0) + "\n", default, sha256));

    /// <summary>The access of a role's account.</summary>
    public async Task<QuanTrac.Portal.Domain.Access.Access> AccessAsync(string role)
    {
        var (kind, login, organisation) = role switch
        {
            "admin" => (Role.Admin, Login.Province, "TTCNTT"),
            "department" => (Role.Manager, Login.Province, "SONNMT"),
            "body" => (Role.Manager, Login.Scoped, "BODY-OWN"),
            "facility" => (Role.Facility, Login.Scoped, "FACILITY-OWN"),
            "parent" => (Role.Parent, Login.Scoped, "PARENT-OWN"),
            _ => (Role.Guest, Login.Guest, "GUEST-OWN"),
        };
        return new(kind, login, (int)await CountAsync($"SELECT id::bigint FROM account WHERE user_name = '{role}'"), role,
            (int)await CountAsync($"SELECT id::bigint FROM organisation WHERE code = '{organisation}'"), organisation);
    }
}
