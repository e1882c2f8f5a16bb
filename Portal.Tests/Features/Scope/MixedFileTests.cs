using System.Net;
using System.Text;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Tests.Features.Scope;

/// <summary>A file with rows of a whole family of organisations and of the Department, handed in by each of them in turn: each role reads of it what is theirs, byte for byte, and
/// only whoever handed it in has the file.</summary>
[Collection(nameof(EveryRelation))]
public sealed class MixedFileTests(EveryRelation portal)
{
    private const string Handed = "submission b JOIN organisation o ON o.id = b.organisation_id AND b.account_id = 1";

    // Role, and who handed the file in; then whether the role has the file, and whose rows it may read of it.
    public static TheoryData<string, string, bool, string[]> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, bool, string[]>();
            foreach (var relation in EveryRelation.Relations)
            {
                cases.Add("admin", relation, true, EveryRelation.Relations);
                cases.Add("department", relation, true, EveryRelation.Relations);
                cases.Add("body", relation, relation == "own", ["own"]);
                cases.Add("facility", relation, relation == "own", ["own", "child", "grandchild"]);
                cases.Add("parent", relation, relation == "own", ["own", "child", "grandchild"]);
                cases.Add("guest", relation, false, []);
            }
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task MixedFile_EachRoleAndOwner_GivesTheirRowsAndNoOther(string role, string owner, bool holds, string[] theirs)
    {
        var id = await IdAsync(EveryRelation.Organisation(role, owner));
        var mine = theirs.Select(relation => $"S {EveryRelation.Organisation(role, relation)}").ToList();
        var rows = await RowsAsync(id);
        var client = await portal.ClientAsync(role);
        foreach (var (ending, given) in new[] { ("file", holds), ("marked", holds), ("extract", role != "guest") })
        {
            using var answer = await client.GetAsync($"/intake/{id}/{ending}", TestContext.Current.CancellationToken);
            Assert.Equal((ending, given ? HttpStatusCode.OK : HttpStatusCode.NotFound), (ending, answer.StatusCode));
            var bytes = Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            if (!holds)
                AssertNothingOfOthers(bytes, rows, mine);
            if (ending == "extract" && given)
                Assert.All(rows.Where(row => mine.Contains(row.Site)), row => Assert.Contains($",{row.Value},", bytes, StringComparison.Ordinal));
        }
        var page = await PagesTests.RenderAsync(portal, role, "/intake/{Id:int}", $"/intake/{id}");
        Assert.Equal(holds, page.Contains($"/intake/{id}/file", StringComparison.Ordinal));
        Assert.Equal(role != "guest" && !holds, page.Contains($"/intake/{id}/extract", StringComparison.Ordinal));
        if (!holds)
            AssertNothingOfOthers(page, rows, mine);
    }

    [Theory]
    [InlineData("body")]
    [InlineData("facility")]
    [InlineData("parent")]
    [InlineData("guest")]
    public async Task MixedFile_ByRawSql_TellsNeitherHashNorNamesNorProblemsNorCounts(string role)
    {
        var own = await IdAsync(EveryRelation.Organisation(role, "own"));
        var hash = await portal.ReadAsync($"SELECT file_sha256 FROM submission WHERE id = {own}");
        await using var database = new PortalDatabase(portal.Logins.ConnectionString);
        await using var db = await database.OpenAsync(await portal.AccessAsync(role));
        var seen = await db.Connection.ListAsync(
            "SELECT s.id, paper.file_sha256, paper.summary::text FROM submission s CROSS JOIN portal_submission_paper(s.id) AS paper WHERE s.file_name LIKE 'mixed%'",
            row => (Id: row.GetInt32(0), Sha256: row.IsDBNull(1) ? null : row.GetString(1), Summary: row.IsDBNull(2) ? null : row.GetString(2)), default);
        Assert.True(seen.Count > 1);
        Assert.All(seen, one => Assert.Equal(role != "guest" && one.Id == own, one.Sha256 is not null && one.Summary is not null));
        foreach (var column in new[] { "file_sha256", "summary" })
            Assert.Equal("42501", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => db.Connection.ScalarAsync<string>($"SELECT {column}::text FROM submission LIMIT 1", default))).SqlState);
        if (role == "guest")
            return;
        Assert.Equal([hash], await db.Connection.ListAsync("SELECT sha256 FROM stored_file WHERE name LIKE 'mixed%'", row => row.GetString(0), default));
        foreach (var table in new[] { "submission_problem", "submission_row" })
            Assert.Equal([own], await db.Connection.ListAsync(
                $"SELECT DISTINCT submission_id FROM {table} WHERE submission_id IN (SELECT id FROM submission WHERE file_name LIKE 'mixed%')", row => row.GetInt32(0), default));
    }

    // Neither the site of another's row, nor its value, nor a problem, a count or a sheet of the whole file.
    private static void AssertNothingOfOthers(string said, IReadOnlyList<(string Site, string Value)> rows, List<string> mine)
    {
        Assert.NotEmpty(rows);
        foreach (var (site, value) in rows.Where(row => !mine.Contains(row.Site)))
        {
            Assert.DoesNotContain(value, said, StringComparison.Ordinal);
            Assert.DoesNotContain($"{site},", said, StringComparison.Ordinal);
            Assert.DoesNotContain($">{site}<", said, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("bí mật", said, StringComparison.Ordinal);
        Assert.DoesNotContain("987", said.Replace(".", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    private async Task<int> IdAsync(string organisation) => (int)await portal.CountAsync($"SELECT b.id::bigint FROM {Handed} WHERE o.code = '{organisation}'");

    private async Task<List<(string Site, string Value)>> RowsAsync(int submission)
    {
        await using var connection = new Npgsql.NpgsqlConnection(portal.Logins.ConnectionString(DatabaseRole.Owner));
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return await connection.ListAsync("SELECT s.code, r.reported FROM result r JOIN site s ON s.id = r.site_id WHERE r.submission_id = $1",
            row => (row.GetString(0), row.GetString(1)), default, submission);
    }
}
