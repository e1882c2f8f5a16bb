using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>What no login may write, whatever its SQL: 42501 is a right or a policy; 0 rows touched is a policy that hides the row.</summary>
public sealed class WallTests(WatchedProvince province) : IClassFixture<WatchedProvince>
{
    private const string Refused = "42501";

    [Theory]
    [InlineData("T2")]
    [InlineData("T3")]
    public async Task Insert_SampleOrResultOfASiteOutOfScope_IsRefused(string site)
    {
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC1", await SampleAsync(site, "T-C-2", "T-FAC1")));
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC1", await ResultAsync(site, "T-C-2", "T-FAC1")));
    }

    // A parent sees its child's, a board its list's: seen is not written.
    [Theory]
    [InlineData("T-PARENT2", "T2", "T-E-1")]
    [InlineData("T-BOARD", "T3", "T-A-1")]
    [InlineData("T-BODY", "T2", "T-E-1")]
    public async Task Insert_ForASubmissionOfAnother_IsRefusedThoughTheSiteIsSeen(string organisation, string site, string campaign)
    {
        Assert.Equal([site], await province.SeenAsync(organisation, $"SELECT DISTINCT s.code FROM sample JOIN site s ON s.id = site_id JOIN campaign c ON c.id = campaign_id WHERE c.code = '{campaign}'"));
        Assert.Equal(Refused, await province.RefusalAsync(organisation, await SampleAsync(site, campaign, site == "T3" ? "SONNMT" : "T-FAC2")));
        Assert.Equal(Refused, await province.RefusalAsync(organisation, await ResultAsync(site, campaign, site == "T3" ? "SONNMT" : "T-FAC2")));
        Assert.Equal(0, await TouchedAsync(organisation, "UPDATE result SET successor = 1"));
        Assert.Equal(0, await TouchedAsync(organisation, "DELETE FROM finding"));
        Assert.Equal(0, await TouchedAsync(organisation, "DELETE FROM site_status"));
        Assert.Equal(Refused, await province.RefusalAsync(organisation, "UPDATE site_status SET verdict = 'within'"));
        Assert.Equal(0, await TouchedAsync(organisation, "DELETE FROM submission_row"));
    }

    [Fact]
    public async Task Insert_OwnSampleAndResult_IsTaken()
    {
        Assert.Null(await province.RefusalAsync("T-FAC1", await SampleAsync("T1", "T-C-2", "T-FAC1")));
        Assert.Null(await province.RefusalAsync("T-FAC1", await ResultAsync("T1", "T-C-2", "T-FAC1")));
    }

    [Fact]
    public async Task Write_StatusOfOnesOwn_NeverAsReviewed()
    {
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC1", "UPDATE site_status SET verdict = 'within', reviewed = true"));
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC1", await StatusAsync("T2", "T-C-2", reviewed: false)));
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC1", await StatusAsync("T1", "T-C-2", reviewed: true)));
        Assert.Null(await province.RefusalAsync("T-FAC1", await StatusAsync("T1", "T-C-2", reviewed: false)));
    }

    [Fact]
    public async Task Write_FindingOfAnother_IsRefused()
    {
        const string copy =
            """
            INSERT INTO finding (result_id, period_start, view, ordinal, site_id, medium, data_group, campaign_id, sample_id, parameter, governs, verdict, engine)
            SELECT result_id, period_start, 'day', ordinal, s.id, medium, data_group, campaign_id, sample_id, parameter, governs, verdict, engine
            FROM finding, (SELECT {0} AS id) AS s
            """;
        var other = await province.Database.ReadAsync(DatabaseRole.Owner, "SELECT id FROM site WHERE code = 'T2'");
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC1", string.Format(System.Globalization.CultureInfo.InvariantCulture, copy, other)));
    }

    [Fact]
    public async Task Submission_ForAnotherOrganisation_IsRefused()
    {
        Assert.Null(await province.RefusalAsync("T-FAC2", await SubmissionAsync("T-FAC2")));
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC2", await SubmissionAsync("SONNMT")));
        Assert.Equal(Refused, await province.RefusalAsync("T-PARENT2", await SubmissionAsync("T-FAC2")));
        // No WHERE: then no right to read the row is asked for either.
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC2", "UPDATE submission SET organisation_id = 1"));
        Assert.Equal(0, await TouchedAsync("T-PARENT2", "UPDATE submission SET decision = 'x'"));
        // Who handed in what, for whom, is changed by nobody.
        Assert.All(["account_id = 1", "submitted_by = NULL", "decided_by_id = 1", "file_name = 'x'", "organisation_id = 1"], change => Assert.Equal(
            (change, Refused), (change, province.RefusalAsync(DatabaseRole.Province, $"UPDATE submission SET {change}").GetAwaiter().GetResult())));
    }

    [Fact]
    public async Task Submission_AcceptedByAScopedAccount_IsRefused()
    {
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC2", "UPDATE submission SET state = 'accepted' WHERE state = 'submitted'"));
        Assert.Equal(1, await TouchedAsync("T-FAC2", "UPDATE submission SET state = 'withdrawn' WHERE state = 'submitted'"));
        Assert.Equal(0, await TouchedAsync("T-FAC2", "UPDATE submission SET state = 'draft' WHERE state = 'accepted'"));
    }

    [Fact]
    public async Task Result_Changed_IsRefusedButForOneSuccessor()
    {
        Assert.Equal("QT001", await province.RefusalAsync(DatabaseRole.Owner, "UPDATE result SET canonical_value = 1"));
        Assert.Equal(Refused, await province.RefusalAsync(DatabaseRole.Province, "UPDATE result SET canonical_value = 1"));
        Assert.Equal(Refused, await province.RefusalAsync(DatabaseRole.Province, "DELETE FROM result"));
        Assert.Null(await province.RefusalAsync(DatabaseRole.Province, "UPDATE result SET successor = 1"));
        Assert.Equal("QT001", await province.RefusalAsync(DatabaseRole.Province, "UPDATE result SET successor = 1; UPDATE result SET successor = 2"));
        Assert.Equal("QT001", await province.RefusalAsync(DatabaseRole.Province, "UPDATE result SET successor = 1; UPDATE result SET successor = NULL"));
    }

    // No depth, tide or type: rows of NULL are the same row all the same.
    [Fact]
    public async Task Result_SameKeyTwice_IsRefusedUntilTheFirstIsSucceeded()
    {
        var copy = (string columns) => $"INSERT INTO result ({columns}) SELECT {columns} FROM result";
        const string columns =
            """
            sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, depth, tide, type, replicate, parameter, fraction,
            reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter
            """;
        Assert.Equal("23505", await province.RefusalAsync(DatabaseRole.Province, copy(columns)));
        Assert.Null(await province.RefusalAsync(DatabaseRole.Province, "UPDATE result SET successor = 1; " + copy(columns)));
    }

    [Fact]
    public async Task History_ChangedRow_IsKeptAsItWasWithWhoChangedIt()
    {
        await using var connection = await province.Database.OpenAsync(DatabaseRole.Owner);
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("SELECT set_config('quantrac.account', '7', false)", default);
        await connection.ExecuteAsync("UPDATE site SET name_en = 'Changed' WHERE code = 'T4'", default);
        await connection.ExecuteAsync("DELETE FROM site_list_item", default);
        var kept = await connection.ListAsync(
            "SELECT concat_ws(' ', table_name, act, before->>'code', '[' || (before->>'name_en') || ']', account_id, login) FROM history WHERE table_name LIKE 'site%' ORDER BY id",
            row => row.GetString(0), default);
        Assert.Equal(["site UPDATE T4 [] 7 quantrac_owner", "site_list_item DELETE 7 quantrac_owner", "site_list_item DELETE 7 quantrac_owner"], kept);
    }

    [Fact]
    public async Task Audit_Entry_IsWrittenByAllAndChangedByNone()
    {
        foreach (var role in new[] { DatabaseRole.Province, DatabaseRole.Scoped, DatabaseRole.Guest, DatabaseRole.System, DatabaseRole.Backup })
        {
            foreach (var act in new[] { "UPDATE audit SET act = 'x'", "DELETE FROM audit", "TRUNCATE audit", "INSERT INTO audit (act, login) VALUES ('x', 'quantrac_owner')" })
                Assert.Equal((role, act, Refused), (role, act, await province.RefusalAsync(role, act)));
        }
        Assert.Null(await province.RefusalAsync("T-FAC1", "INSERT INTO audit (account_id, act) VALUES (7, 'x')"));
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC1", "INSERT INTO audit (account_id, act) VALUES (8, 'x')"));
    }

    [Fact]
    public async Task Campaign_OfAProgrammeOutOfScope_IsNotMade()
    {
        var make = (string programme) => $"SELECT portal_ensure_campaign((SELECT id FROM programme WHERE code = '{programme}'), '{programme}-9', '', '', '2026-01-01', '2026-01-31')";
        Assert.Null(await province.RefusalAsync("T-FAC1", make("T-C")));
        Assert.Equal(Refused, await province.RefusalAsync("T-FAC1", make("T-E")));
        Assert.Equal(Refused, await province.RefusalAsync(DatabaseRole.Scoped, make("T-C")));
        Assert.Equal(Refused, await province.RefusalAsync(DatabaseRole.Guest, make("T-C")));
    }

    private async Task<int> TouchedAsync(string organisation, string sql)
    {
        await using var db = await province.OpenAsync(Login.Scoped, organisation);
        await using var transaction = await db.Connection.BeginTransactionAsync();
        return await db.Connection.ExecuteAsync(sql, default);
    }

    // Written with numbers, as an account would that had guessed them: what it does not see it could not look up.
    private async Task<string> InsertAsync(string format, string site, string campaign, string submitter) => (string)(await province.Database.ReadAsync(
        DatabaseRole.Owner,
        $"""
        SELECT format($text${format}$text$, s.id, c.id, (SELECT max(sub.id) FROM submission sub JOIN organisation o ON o.id = sub.organisation_id WHERE o.code = '{submitter}'),
            p.medium, p.data_group, (SELECT max(id) FROM sample WHERE site_id = s.id))
        FROM site s, campaign c JOIN programme p ON p.id = c.programme_id WHERE s.code = '{site}' AND c.code = '{campaign}'
        """))!;

    private Task<string> SampleAsync(string site, string campaign, string submitter) => InsertAsync(
        """
        INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, submission_id)
        VALUES (%1$s, %4$L, %5$L, %2$s, '2026-05-30', '2026-05-30', 'day', %3$s)
        """, site, campaign, submitter);

    private Task<string> ResultAsync(string site, string campaign, string submitter) => InsertAsync(
        """
        INSERT INTO result (sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, parameter,
            fraction, reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        VALUES (%6$s, %1$s, %4$L, %5$L, %2$s, %3$s, '2026-05-30', '2026-05-30', '', '', 1, 'TSS', '', '6', '', 6, 'mg/L', 6, '', 1, 'A')
        """, site, campaign, submitter);

    private Task<string> StatusAsync(string site, string campaign, bool reviewed) => InsertAsync(
        $"""
        INSERT INTO site_status (site_id, medium, data_group, campaign_id, view, period_start, period_end, verdict, index_code, band, standard_changes,
            results, exceeding, undecided, reviewed, released)
        VALUES (%1$s, %4$L, %5$L, %2$s, 'day', '2026-05-30', '2026-05-30', 'within', 'worst-ratio', 'none', false, 1, 0, 0, {reviewed}, true)
        """, site, campaign, "T-FAC1");

    private async Task<string> SubmissionAsync(string organisation) => (string)(await province.Database.ReadAsync(DatabaseRole.Owner,
        $"""
        SELECT format($text$INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis)
            VALUES (%s, 7, '', repeat('1', 64), '', '', 'statement')$text$, id) FROM organisation WHERE code = '{organisation}'
        """))!;
}
