using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>One file of the Department with a facility's monitoring, with an inspection of it that is not concluded, and with another facility's row.</summary>
public sealed class MixedInspectionTests(WatchedProvince province) : IClassFixture<WatchedProvince>, IAsyncLifetime
{
    private const string Mixed =
        """
        INSERT INTO stored_file (sha256, bytes, name) VALUES (repeat('e', 64), 1, 'chung.xlsx');
        INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis, state, checking, summary)
        SELECT id, 1, '', repeat('e', 64), 'chung.xlsx', '', 'handover', 'accepted', 'done', '{"Rows":3}' FROM organisation WHERE code = 'SONNMT';
        INSERT INTO submission_problem (submission_id, ordinal, severity, code, value) SELECT id, 1, 'error', 'NotANumber', 'T2' FROM submission WHERE file_name = 'chung.xlsx';
        INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, replicate, submission_id)
        SELECT s.id, p.medium, p.data_group, c.id, c.period_start, c.period_end, 'day', 9, b.id
        FROM (VALUES ('T1', 'T-C-2'), ('T1', 'T-D-1'), ('T2', 'T-C-2')) AS v(site, campaign) JOIN site s ON s.code = v.site JOIN campaign c ON c.code = v.campaign
        JOIN programme p ON p.id = c.programme_id, submission b WHERE b.file_name = 'chung.xlsx';
        INSERT INTO result (sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, parameter,
            fraction, reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT m.id, m.site_id, m.medium, m.data_group, m.campaign_id, m.submission_id, m.period_start, m.period_end, m.tide, m.type, m.replicate, 'TSS', '',
            s.code || ' ' || c.code, '', 60, 'mg/L', 60, 'Sheet1', 2, 'C'
        FROM sample m JOIN site s ON s.id = m.site_id JOIN campaign c ON c.id = m.campaign_id WHERE m.replicate = 9;
        """;

    private const string Rows = "SELECT r.reported FROM result r JOIN submission b ON b.id = r.submission_id WHERE b.file_name = 'chung.xlsx' ORDER BY 1";

    private const string Paper = "SELECT coalesce(paper.file_sha256, '') || coalesce(paper.summary::text, '') FROM submission b, portal_submission_paper(b.id) AS paper WHERE b.file_name = 'chung.xlsx'";

    public async ValueTask InitializeAsync()
    {
        await province.TodayAsync("2026-06-15");
        if ((long)(await province.Database.ReadAsync(DatabaseRole.Owner, "SELECT count(*) FROM submission WHERE file_name = 'chung.xlsx'"))! == 0)
            await province.Database.ExecuteAsync(Mixed);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("T-FAC1", "T1 T-C-2")]
    [InlineData("T-PARENT1", "T1 T-C-2")]
    [InlineData("T-FAC2", "T2 T-C-2")]
    public async Task Extract_BeforeTheConclusion_HasNothingOfTheInspectionAndNoFileWithIt(string organisation, string seen)
    {
        Assert.Equal([seen], await province.SeenAsync(organisation, Rows));
        Assert.Equal([""], await province.SeenAsync(organisation, Paper));
        foreach (var sql in new[] { "SELECT value FROM submission_problem WHERE code = 'NotANumber'", "SELECT name FROM stored_file WHERE name = 'chung.xlsx'" })
            Assert.Empty(await province.SeenAsync(organisation, sql));
    }

    /// <summary>Concluded, it is the facility's to read; the file is still not.</summary>
    [Fact]
    public async Task Extract_AfterTheConclusion_HasTheInspection()
    {
        await province.TodayAsync("2026-06-21");
        Assert.Equal(["T1 T-C-2", "T1 T-D-1"], await province.SeenAsync("T-FAC1", Rows));
        Assert.Equal([""], await province.SeenAsync("T-FAC1", Paper));
    }

    [Fact]
    public async Task File_ForTheProvince_IsThere()
    {
        await using var db = await province.OpenAsync(Login.Province, "SONNMT");
        Assert.StartsWith("eeee", await QuanTrac.Portal.Data.Model.Sql.ScalarAsync<string>(db.Connection, Paper, default), StringComparison.Ordinal);
    }

    /// <summary>A parent reads what a subsidiary hands in; the file comes to it with the grant to manage, and goes with its end.</summary>
    [Fact]
    public async Task File_OfASubsidiary_IsTheParentsOnlyByAGrant()
    {
        const string of = "SELECT coalesce(paper.file_sha256, '') FROM submission b, portal_submission_paper(b.id) AS paper WHERE b.file_name = 'T1 T-C-1'";
        const string grant = "UPDATE organisation_parent SET manage = {0}, document = '{1}' WHERE organisation_id = (SELECT id FROM organisation WHERE code = 'T-FAC1')";
        Assert.Equal([""], await province.SeenAsync("T-PARENT1", of));
        await province.Database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, grant, "true", "GUQ 1"));
        Assert.Equal([new string('1', 64)], await province.SeenAsync("T-PARENT1", of));
        await province.Database.ExecuteAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, grant, "false", ""));
        Assert.Equal([""], await province.SeenAsync("T-PARENT1", of));
    }
}
