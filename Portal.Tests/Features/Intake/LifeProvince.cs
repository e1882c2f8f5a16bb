using System.Globalization;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Intake;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>
/// Two companies and those around them on 15 June 2026. T-CO has the outlets T-CO-1 and T-CO-2 and stands under T-PAR; T-OTHER has T-OTHER-1. Each outlet's permit lets
/// 50 mg/L of TSS through. T-COMMUNE has the territory of all three, T-FAR that of none.
/// </summary>
public sealed class LifeProvince(TestCluster cluster) : IAsyncLifetime
{
    private const string Header = "site,site_name,medium,group,campaign,period_start,period_end,precision,parameter,unit,value,laboratory,report";

    private readonly Dictionary<string, Access> accounts = [];

    public PortalOnDatabase Portal { get; } = new(cluster);

    /// <summary>By name: company, company-b, other, parent, commune, far, guest, centre, manager, reviewer.</summary>
    public Access this[string account] => accounts[account];

    public IEnumerable<string> Accounts => accounts.Keys;

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        Portal.Clock.Now = TestClock.At(2026, 6, 15, 9);
        await Portal.Database.ExecuteAsync("CREATE OR REPLACE FUNCTION portal_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT date '2026-06-15' $$");
        await Portal.Database.ExecuteAsync(Companies);
        foreach (var (name, role, organisation) in new[]
        {
            ("company", Role.Facility, "T-CO"), ("company-b", Role.Facility, "T-CO"), ("other", Role.Facility, "T-OTHER"), ("parent", Role.Parent, "T-PAR"),
            ("commune", Role.Manager, "T-COMMUNE"), ("far", Role.Manager, "T-FAR"), ("guest", Role.Guest, "T-PUBLIC"), ("centre", Role.Admin, "TTCNTT"),
        })
            accounts[name] = await Portal.AccountAsync(name, role, organisation);
        (accounts["manager"], accounts["reviewer"]) = (Portal.Manager, await Portal.ReviewerAsync());
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>Hands a sheet in, one line for each outlet, day, parameter and value, and checks it.</summary>
    public async Task<(int Submission, CheckOutcome Outcome)> CheckAsync(string account, params (string Site, string Day, string Parameter, string Value)[] lines)
    {
        using var folder = new TempFolder();
        var rows = lines.Select(line => $"{line.Site},,wastewater,c,,{line.Day},{line.Day},day,{line.Parameter},{(line.Parameter == "pH" ? "-" : "mg/L")},{line.Value},,PKQ {line.Value}");
        return await Portal.CheckAsync(this[account], folder.Write("so-lieu.csv", string.Join('\n', rows.Prepend(Header)) + "\n"), "portal-long");
    }

    /// <summary>The same, and sends it.</summary>
    public async Task<int> SubmitAsync(string account, params (string Site, string Day, string Parameter, string Value)[] lines)
    {
        var (submission, outcome) = await CheckAsync(account, lines);
        Assert.Equal((false, 0), (outcome.Blocked, outcome.Refused));
        Assert.Null(await SubmitAsync(account, submission));
        return submission;
    }

    public Task<SubmissionProblemCode?> SubmitAsync(string account, int submission) => Portal.WithAsync<SubmitSubmission, SubmissionProblemCode?>(
        submit => submit.RunAsync(this[account], submission, new Dictionary<int, string> { [0] = "Kiểm thử" }, default));

    public async Task<SubmissionProblemCode?> AcceptAsync(string account, int submission) =>
        (await Portal.WithAsync<AcceptSubmission, (int, SubmissionProblemCode? Problem)>(accept => accept.RunAsync(this[account], submission, default))).Problem;

    public Task<SubmissionProblemCode?> ReturnAsync(string account, int submission, string reason = "Sai đơn vị") =>
        Portal.WithAsync<ReturnSubmission, SubmissionProblemCode?>(send => send.RunAsync(this[account], submission, reason, default));

    public Task<SubmissionProblemCode?> WithdrawAsync(string account, int submission) =>
        Portal.WithAsync<WithdrawSubmission, SubmissionProblemCode?>(withdraw => withdraw.RunAsync(this[account], submission, default));

    public Task<object?> ReadAsync(string sql) => Portal.Database.ReadAsync(DatabaseRole.Owner, sql);

    /// <summary>The first column as texts, without any policy.</summary>
    public async Task<List<string>> ListAsync(string sql)
    {
        await using var owner = await Portal.Database.OpenAsync(DatabaseRole.Owner);
        return await owner.ListAsync(sql, row => row.GetString(0), default);
    }

    /// <summary>The accounts that were told of a kind of a submission, with what stands in its places.</summary>
    public Task<List<string>> ToldAsync(int submission, string kind) => ListAsync(string.Create(CultureInfo.InvariantCulture,
        $"SELECT a.user_name FROM notice n JOIN account a ON a.id = n.account_id WHERE n.kind LIKE 'Submission.{kind}%' AND n.key LIKE 'submission:{submission}:%' ORDER BY 1"));

    private const string Companies =
        """
        INSERT INTO organisation (code, kind, confidence, origin) SELECT v.code, v.kind, 'high', 'local' FROM (VALUES ('T-PAR', 'parent'), ('T-CO', 'facility'),
            ('T-OTHER', 'facility'), ('T-COMMUNE', 'commune'), ('T-FAR', 'commune'), ('T-PUBLIC', 'public')) AS v(code, kind);
        INSERT INTO organisation_name (organisation_id, name_vi, name_en, valid, confidence) SELECT id, 'Tên ' || code, 'Name ' || code, '(,)', 'high' FROM organisation WHERE code LIKE 'T-%';
        INSERT INTO organisation_parent (organisation_id, parent_id, valid) SELECT c.id, p.id, '(,)' FROM organisation c, organisation p WHERE (c.code, p.code) = ('T-CO', 'T-PAR');
        INSERT INTO organisation_territory (organisation_id, unit, valid) SELECT id, CASE code WHEN 'T-FAR' THEN '06658' ELSE '06652' END, '(,)' FROM organisation WHERE kind = 'commune' AND code LIKE 'T-%';
        INSERT INTO facility (code, organisation_id, kind, name_vi, confidence, origin) SELECT 'F-' || code, id, 'other', code, 'high', 'local' FROM organisation WHERE code IN ('T-CO', 'T-OTHER');
        INSERT INTO site (code, kind, name_vi, owner_id, facility_id, commune, origin)
        SELECT v.code, 'discharge', 'Cửa xả ' || v.code, f.organisation_id, f.id, '06652', 'local'
        FROM (VALUES ('T-CO-1', 'F-T-CO'), ('T-CO-2', 'F-T-CO'), ('T-OTHER-1', 'F-T-OTHER')) AS v(code, facility) JOIN facility f ON f.code = v.facility;
        INSERT INTO site_position (site_id, valid, longitude, latitude, confidence) SELECT id, '(,)', 107.1, 20.9, 'high' FROM site WHERE code LIKE 'T-%';
        INSERT INTO permit (number, kind, facility_id, issuer, issued_on, valid) SELECT 'GP-' || code, 'discharge', id, 'Sở', '2020-01-01', '[2020-01-01,)' FROM facility WHERE code LIKE 'F-T-%';
        INSERT INTO permit_limit (permit_id, site_id, medium, parameter, valid, unit, kind, upper, canonical_upper)
        SELECT p.id, s.id, 'wastewater', 'TSS', '[2020-01-01,)', 'mg/L', 'max', 50, 50 FROM permit p JOIN site s ON s.facility_id = p.facility_id;
        INSERT INTO programme (code, data_group, medium, organisation_id, name_vi) SELECT 'T-C', 'c', 'wastewater', id, 'T-C' FROM organisation WHERE code = 'SONNMT';
        INSERT INTO programme_site (programme_id, data_group, site_id, valid) SELECT p.id, 'c', s.id, '(,)' FROM programme p, site s WHERE p.code = 'T-C' AND s.code LIKE 'T-%';
        """;
}
