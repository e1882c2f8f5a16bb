using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Features.Duties;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>What was owed since the first of January: planned as if the portal had been there, most of it handed in on made-up papers, some of it late,
/// with the reminders that would have been given.</summary>
internal static class DemoDuties
{
    public static async Task EnsureAsync(IServiceProvider portal, NpgsqlConnection owner, Domain.Access.Access access, CancellationToken cancel)
    {
        var now = portal.GetRequiredService<TimeProvider>().GetUtcNow();
        var start = new DateTimeOffset(PortalDay.Local(now).Year, 1, 1, 0, 0, 0, TimeSpan.FromHours(7));
        await new PlanDuties(portal.GetRequiredService<PortalDatabase>(), new StartOfYear(start)).RunAsync(access, cancel);
        if (await owner.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM duty_fulfilment)", cancel))
            return;
        await using var transaction = await owner.BeginTransactionAsync(cancel);
        await HandInAsync(portal.GetRequiredService<FileStore>(), owner, PortalDay.Local(now), cancel);
        await RemindAsync(owner, PortalDay.Local(now), start.DateTime, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static async Task HandInAsync(FileStore files, NpgsqlConnection owner, DateTime now, CancellationToken cancel)
    {
        using var paper = new MemoryStream(Paper.ToArray());
        var (sha256, bytes) = await files.StoreAsync(paper, PaperCap, cancel);
        await owner.ExecuteAsync("INSERT INTO stored_file (sha256, bytes, name) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", cancel, sha256, bytes, "van-ban-mau.pdf");
        foreach (var row in DemoFiles.Rows("duties.csv"))
        {
            await owner.ExecuteAsync(
                """
                INSERT INTO duty_fulfilment (occurrence_id, document_number, document_date, file_sha256, file_name, note, at, account_name)
                SELECT o.id, row_number() OVER (ORDER BY o.last_day, g.code) || '/' || $4, o.last_day - $3, $5, 'van-ban-mau.pdf', 'Dữ liệu mẫu',
                    (o.last_day - $3 + time '15:20') AT TIME ZONE 'Asia/Ho_Chi_Minh', 'demo'
                FROM duty_occurrence o JOIN duty d ON d.id = o.duty_id JOIN organisation g ON g.id = o.organisation_id
                WHERE d.code = $1 AND g.code <> ALL (string_to_array($2, ' ')) AND o.last_day < $6 AND o.last_day - $3 < $6 AND o.last_day - $3 > date_trunc('year', o.last_day)
                """,
                cancel, row["duty"], row["except"], int.Parse(row["days_before"], CultureInfo.InvariantCulture), row["number"], sha256, DateOnly.FromDateTime(now));
        }
    }

    private static async Task RemindAsync(NpgsqlConnection owner, DateTime now, DateTime start, CancellationToken cancel)
    {
        var days = await DutyCalendar.ReadAsync(owner, cancel);
        var owed = await owner.ListAsync(
            """
            SELECT o.id, o.last_day, f.at, (SELECT count(*)::int FROM account a JOIN organisation g ON g.code = a.organisation_code WHERE g.id = o.organisation_id AND a.role <> 'guest')
            FROM duty_occurrence o LEFT JOIN duty_fulfilment f ON f.occurrence_id = o.id
            """,
            row => (Id: row.GetInt32(0), LastDay: row.GetFieldValue<DateOnly>(1),
                Until: row.IsDBNull(2) ? now : PortalDay.Local(row.GetFieldValue<DateTimeOffset>(2)), Told: row.GetInt32(3)), cancel);
        var given = owed.SelectMany(item => Reminders.Steps.Select(step => (item.Id, Step: step, At: Reminders.At(item.LastDay, step, days), item.Told, item.Until)))
            .Where(step => step.At >= start && step.At <= step.Until && step.At <= now).ToList();
        await owner.ExecuteAsync(
            """
            INSERT INTO duty_reminder (occurrence_id, step, due_at, handled_at, given, told)
            SELECT id, step, at AT TIME ZONE 'Asia/Ho_Chi_Minh', at AT TIME ZONE 'Asia/Ho_Chi_Minh', true, told
            FROM unnest($1::int[], $2::int[], $3::timestamp[], $4::int[]) AS r(id, step, at, told) ON CONFLICT DO NOTHING
            """,
            cancel, given.Select(step => step.Id).ToArray(), given.Select(step => step.Step).ToArray(), given.Select(step => step.At).ToArray(),
            given.Select(step => step.Told).ToArray());
    }

    private const long PaperCap = 10_000;

    // An empty page: the made-up papers say nothing.
    internal static ReadOnlySpan<byte> Paper =>
        """
        %PDF-1.4
        1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
        2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
        3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj
        trailer <</Root 1 0 R>>
        %%EOF
        """u8;

    private sealed class StartOfYear(DateTimeOffset start) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => start.ToUniversalTime();
    }
}
