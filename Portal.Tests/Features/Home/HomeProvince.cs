using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Home;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Home;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>
/// The watched province on 15 June 2026 with more under T-PARENT2:
/// <list type="bullet">
/// <item>U-PARENT has nothing below it. U-SUB stands under T-FAC2. Its facility U-F has the site U1, sampled in T-C-2 only: cannot be judged, ratio 0.8, not reviewed.</item>
/// <item>U-SUB's duty of the last day 31 March 2026 is not fulfilled.</item>
/// <item>Of U-F's permits one ends on 13 September 2026, the ninetieth day from now, one a day later.</item>
/// <item>T2 has two more samples in T-E-1, with N-NH4 of &lt; 0.05 and of 0.12 mg/L; each is within a limit of 0.3.</item>
/// </list>
/// </summary>
public sealed class HomeProvince(TestCluster cluster) : IAsyncLifetime
{
    private readonly WatchedProvince watched = new(cluster);
    private PortalDatabase portal = null!;

    public UnitsData Units { get; private set; } = null!;

    public BoardData Boards { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await watched.InitializeAsync();
        await watched.Database.ExecuteAsync(More);
        portal = new(watched.Database.Logins.ConnectionString);
        var clock = new TestClock(TestClock.At(2026, 6, 15, 9));
        (Units, Boards) = (new(portal, clock), new(portal, clock));
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await watched.DisposeAsync();
    }

    /// <summary>An access of an organisation by the scoped login; of a guest by the guests'.</summary>
    public async Task<Access> AccessAsync(Role role, string organisation) => new(role, role == Role.Guest ? Login.Guest : Login.Scoped, 7, "someone",
        (int)(await watched.Database.ReadAsync(DatabaseRole.Owner, $"SELECT id FROM organisation WHERE code = '{organisation}'"))!, organisation);

    private const string More =
        """
        INSERT INTO organisation (code, kind, confidence, origin) VALUES ('U-SUB', 'facility', 'high', 'local'), ('U-PARENT', 'parent', 'high', 'local');
        INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, code, '(,)', 'high' FROM organisation WHERE code LIKE 'U-%';
        INSERT INTO organisation_parent (organisation_id, parent_id, valid)
        SELECT c.id, p.id, '(,)' FROM organisation c, organisation p WHERE c.code = 'U-SUB' AND p.code = 'T-FAC2';
        INSERT INTO facility (code, organisation_id, kind, name_vi, confidence, origin) SELECT 'U-F', id, 'other', 'U-F', 'high', 'local' FROM organisation WHERE code = 'U-SUB';
        INSERT INTO permit (number, kind, facility_id, issuer, issued_on, valid)
        SELECT v.number, 'discharge', f.id, 'Sở', '2024-01-01', v.valid::daterange FROM facility f,
            (VALUES ('GP-U-1', '[2024-01-01,2026-09-13]'), ('GP-U-2', '[2024-01-01,2026-09-14]')) AS v(number, valid) WHERE f.code = 'U-F';
        INSERT INTO site (code, kind, name_vi, owner_id, facility_id, origin) SELECT 'U1', 'discharge', 'U1', organisation_id, id, 'local' FROM facility WHERE code = 'U-F';
        INSERT INTO programme_site (programme_id, data_group, site_id, valid) SELECT p.id, 'c', s.id, '(,)' FROM programme p, site s WHERE p.code = 'T-C' AND s.code = 'U1';
        INSERT INTO site_status (site_id, medium, data_group, campaign_id, view, period_start, period_end, verdict, index_code, band, ratio_class, worst_parameter, worst_ratio, standard_changes,
            results, exceeding, undecided, reviewed, released)
        SELECT s.id, 'wastewater', 'c', c.id, 'today', c.period_start, c.period_end, 'cannot judge', 'worst-ratio', 'none', 'none', 'TSS', 0.8, false, 1, 0, 1, false, false
        FROM site s, campaign c WHERE s.code = 'U1' AND c.code = 'T-C-2';
        INSERT INTO duty_occurrence (duty_id, organisation_id, period, last_day, planned_at)
        SELECT d.id, o.id, '2025', '2026-03-31', '2026-01-01' FROM duty d, organisation o WHERE d.code = 'facility-entry' AND o.code = 'U-SUB';
        INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, replicate, submission_id)
        SELECT site_id, medium, data_group, campaign_id, period_start, period_end, precision, n, submission_id
        FROM sample, generate_series(2, 3) AS n WHERE data_group = 'e';
        INSERT INTO result (sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, parameter,
            fraction, reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT s.id, s.site_id, s.medium, s.data_group, s.campaign_id, s.submission_id, s.period_start, s.period_end, s.tide, s.type, s.replicate, 'N-NH4', '',
            v.sign || v.value, v.sign, v.value, 'mg/L', v.value, 'Sheet1', 3, 'C'
        FROM sample s JOIN (VALUES (2, '<', 0.05), (3, '', 0.12)) AS v(replicate, sign, value) USING (replicate) WHERE s.data_group = 'e';
        INSERT INTO finding (result_id, period_start, view, ordinal, site_id, medium, data_group, campaign_id, sample_id, parameter, governs, upper, verdict, ratio, engine)
        SELECT id, period_start, 'today', 0, site_id, medium, data_group, campaign_id, sample_id, parameter, true, 0.3, 'within', CASE WHEN censoring = '' THEN 0.4 END, '1'
        FROM result WHERE parameter = 'N-NH4';
        """;
}
