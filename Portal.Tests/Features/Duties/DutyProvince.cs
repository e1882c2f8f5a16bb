using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Duties;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Duties;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>The bodies of the decision with a few accounts, a parent company T-PARENT and its facility T-FAC, and a clock that a test sets.</summary>
public sealed class DutyProvince(TestCluster cluster) : IAsyncLifetime
{
    public PortalOnDatabase Portal { get; } = new(cluster);

    public Access Admin { get; private set; } = null!;
    public Access HaLong { get; private set; } = null!;
    public Access Parent { get; private set; } = null!;
    public Access Facility { get; private set; } = null!;
    public Access Guest { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        await Portal.Database.ExecuteAsync(
            """
            INSERT INTO organisation (code, kind, confidence, origin) VALUES ('T-PARENT', 'parent', 'high', 'local'), ('T-FAC', 'facility', 'high', 'local');
            INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, code, '(,)', 'high' FROM organisation WHERE code LIKE 'T-%';
            INSERT INTO organisation_parent (organisation_id, parent_id, valid)
            SELECT c.id, p.id, '(,)' FROM organisation c, organisation p WHERE c.code = 'T-FAC' AND p.code = 'T-PARENT';
            """);
        Admin = await Portal.AccountAsync("admin", Role.Admin, "TTCNTT");
        HaLong = await Portal.AccountAsync("halong", Role.Manager, "BQLVHL");
        Parent = await Portal.AccountAsync("parent", Role.Parent, "T-PARENT");
        Facility = await Portal.AccountAsync("facility", Role.Facility, "T-FAC");
        Guest = await Portal.AccountAsync("guest", Role.Guest, "T-PARENT");
    }

    public async ValueTask DisposeAsync() => await Portal.DisposeAsync();

    public void At(string local) => Portal.Clock.Now = new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(7));

    public Task<DutyPlan> PlanAsync() => Portal.WithAsync<PlanDuties, DutyPlan>(plan => plan.RunAsync(Admin, default));

    public Task<RemindersGiven> RemindAsync() => Portal.WithAsync<RemindDuties, RemindersGiven>(remind => remind.RunAsync(Admin, default));

    /// <summary>Fulfils as an account, with a document of a day.</summary>
    public async Task<DutyProblem?> FulfilAsync(Access access, int occurrence, string date, string number = "1/BC-T", string file = "bao cao.pdf", string content = "%PDF-1.4")
    {
        using var scan = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
        return await Portal.WithAsync<FulfilDuty, DutyProblem?>(fulfil => fulfil.RunAsync(
            access, occurrence, new(number, DateOnly.ParseExact(date, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), "", file), scan, default));
    }

    public async Task<int> OccurrenceAsync(string duty, string organisation, string period) => (int)(await ReadAsync(
        $"""
        SELECT o.id FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id JOIN organisation g ON g.id = o.organisation_id
        WHERE d.code = '{duty}' AND g.code = '{organisation}' AND o.period = '{period}'
        """) ?? 0);

    public Task<object?> ReadAsync(string sql) => Portal.Database.ReadAsync(DatabaseRole.Owner, sql);

    public async Task<List<string>> ListAsync(string sql)
    {
        await using var connection = await Portal.Database.OpenAsync(DatabaseRole.Owner);
        return await connection.ListAsync(sql, row => row.GetString(0), default);
    }

    /// <summary>What an account was told of duties: "06-22 08:00 Duty.Before", in order.</summary>
    public Task<List<string>> ToldAsync(Access access, string where = "true") => ListAsync(
        $"""
        SELECT to_char(at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI ') || kind || ' ' || facts[5] FROM notice
        WHERE account_id = {access.AccountId} AND kind LIKE 'Duty.%' AND {where} ORDER BY at, id
        """);
}
