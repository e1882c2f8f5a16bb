using System.Globalization;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Organisations;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Organisations;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>
/// On 15 June 2026: the groups T-OLD and T-NEW; T-SUB stands under T-OLD since ever, T-SUBSUB under T-SUB; T-OTHER stands alone; T-BOARD and T-SHORE are boards.
/// Each company has one site, its code with an S; each site two results, of the campaigns T-2023 and T-2026 in group c. T-OTHER's lies at 108.0 E, 21.2 N,
/// the others around 107.1 E, 20.9 N.
/// </summary>
public sealed class CompanyFamily(TestCluster cluster) : IAsyncLifetime
{
    public PortalOnDatabase Portal { get; } = new(cluster);

    public Access Admin { get; private set; } = null!;

    /// <summary>A scan that the administrator has handed in.</summary>
    public Scan Scan { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        await TodayAsync("2026-06-15");
        await Portal.Database.ExecuteAsync(Companies);
        Admin = await Portal.AccountAsync("admin", Role.Admin, "TTCNTT");
        using var content = new MemoryStream("%PDF-1.4"u8.ToArray());
        Scan = (await Portal.WithAsync<KeepFile, Scan>(keep => keep.RunAsync(Admin, content, "quyet dinh.pdf", default)))!;
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();

    /// <summary>The day of the clock and of the policies.</summary>
    public Task TodayAsync(string day)
    {
        Portal.Clock.Now = new(Day(day), new TimeOnly(9, 0), TimeSpan.FromHours(7));
        return Portal.Database.ExecuteAsync(
            $"CREATE OR REPLACE FUNCTION portal_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT date '{day}' $$");
    }

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Shows what a document would do; nothing is kept.</summary>
    public Task<ChangeOutcome> PreviewAsync(string from, params OrganisationAct[] acts) => RunAsync(from, null, acts);

    /// <summary>Shows and makes a change.</summary>
    public async Task<ChangeOutcome> ChangeAsync(string from, params OrganisationAct[] acts)
    {
        var shown = await PreviewAsync(from, acts);
        return shown.Fault is null ? await RunAsync(from, shown.Effect!.Seen, acts) : shown;
    }

    /// <summary>It must have been made; what stood against it is said.</summary>
    public static int Made(ChangeOutcome outcome)
    {
        Assert.True(outcome.Change is not null, $"{outcome.Fault} {string.Join(", ", outcome.Facts)}");
        return outcome.Change.Value;
    }

    public Task<ChangeOutcome> RunAsync(string from, string? seen, params OrganisationAct[] acts) => Portal.WithAsync<ChangeOrganisations, ChangeOutcome>(
        change => change.RunAsync(Admin, new("12/QĐ-UBND", Day("2026-06-01"), Day(from), "", acts), Scan, seen, default));

    /// <summary>The first column of a query as an organisation's account sees it.</summary>
    public async Task<List<string>> SeenAsync(string organisation, string sql)
    {
        var id = (int)(await ReadAsync($"SELECT id FROM organisation WHERE code = '{organisation}'"))!;
        await using var db = await Portal.OpenAsync(new(Role.Parent, Login.Scoped, 7, "someone", id, organisation));
        return await db.Connection.ListAsync(sql, row => row.GetString(0), default);
    }

    public Task<object?> ReadAsync(string sql) => Portal.Database.ReadAsync(DatabaseRole.Owner, sql);

    private const string Companies =
        """
        INSERT INTO organisation (code, kind, confidence, origin) SELECT v.code, v.kind, 'high', 'demo' FROM (VALUES ('T-OLD', 'parent'), ('T-NEW', 'parent'),
            ('T-SUB', 'facility'), ('T-SUBSUB', 'facility'), ('T-OTHER', 'facility'), ('T-BOARD', 'board'), ('T-SHORE', 'board')) AS v(code, kind);
        INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence, origin) SELECT id, 'Tên ' || code, '(,)', 'high', 'demo' FROM organisation WHERE code LIKE 'T-%';
        INSERT INTO organisation_parent (organisation_id, parent_id, valid, origin)
        SELECT c.id, p.id, '(,)', 'demo' FROM (VALUES ('T-SUB', 'T-OLD'), ('T-SUBSUB', 'T-SUB')) AS v(child, parent)
        JOIN organisation c ON c.code = v.child JOIN organisation p ON p.code = v.parent;
        INSERT INTO site (code, kind, name_vi, owner_id, commune, origin)
        SELECT v.code || 'S', 'discharge', 'Điểm ' || v.code, o.id, '06652', 'demo'
        FROM (VALUES ('T-SUB'), ('T-SUBSUB'), ('T-OTHER')) AS v(code) JOIN organisation o USING (code);
        INSERT INTO site_position (site_id, valid, longitude, latitude, confidence)
        SELECT id, '(,)', CASE code WHEN 'T-OTHERS' THEN 108.0 ELSE 107.1 END, CASE code WHEN 'T-OTHERS' THEN 21.2 ELSE 20.9 END, 'high' FROM site WHERE code LIKE 'T-%';
        INSERT INTO programme (code, data_group, medium, organisation_id, name_vi) SELECT 'T-C', 'c', 'wastewater', id, 'T-C' FROM organisation WHERE code = 'SONNMT';
        INSERT INTO programme_site (programme_id, data_group, site_id, valid) SELECT p.id, 'c', s.id, '(,)' FROM programme p, site s WHERE p.code = 'T-C' AND s.code LIKE 'T-%';
        INSERT INTO campaign (code, programme_id, name_vi, period_start, period_end)
        SELECT v.code, p.id, v.code, v.day::date, v.day::date FROM (VALUES ('T-2023', '2023-05-01'), ('T-2026', '2026-05-01')) AS v(code, day), programme p WHERE p.code = 'T-C';
        INSERT INTO stored_file (sha256, bytes, name) VALUES (repeat('1', 64), 1, 't');
        INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis, state, checking)
        SELECT owner_id, 1, '', repeat('1', 64), code, '', 'statement', 'accepted', 'done' FROM site WHERE code LIKE 'T-%';
        INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, submission_id)
        SELECT s.id, 'wastewater', 'c', c.id, c.period_start, c.period_end, 'day', sub.id
        FROM campaign c, site s JOIN submission sub ON sub.file_name = s.code WHERE c.code LIKE 'T-%' AND s.code LIKE 'T-%';
        INSERT INTO result (sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, parameter,
            fraction, reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, 'TSS', '', '60', '', 60, 'mg/L', 60,
            'Sheet1', 2, 'C' FROM sample;
        INSERT INTO site_status (site_id, medium, data_group, campaign_id, view, period_start, period_end, verdict, index_code, band, standard_changes,
            results, exceeding, undecided, reviewed, released)
        SELECT site_id, medium, data_group, campaign_id, 'today', period_start, period_end, 'exceeds', 'worst-ratio', 'le2', false, 1, 1, 0, true, false FROM result;
        """;
}
