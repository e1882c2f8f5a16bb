using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>One question of the check, how many rows answer it wrongly (1.000 means "or more"), and a few of them.</summary>
public sealed record IntegrityCheck(string Code, int Faults, IReadOnlyList<string> Examples);

/// <summary>What one night's check found.</summary>
public sealed record IntegrityReport(DateTimeOffset At, IReadOnlyList<IntegrityCheck> Checks);

/// <summary>Looks for what should never be: orphans, counts that do not add up, files that are gone or changed, statuses that come out
/// otherwise when computed anew. Keeps the report; tells the administrators where anything is wrong.</summary>
public sealed class CheckIntegrity(PortalDatabase database, FileStore files, VerifyAudit audit, BackupSettings backups, RaiseNotice notices, TimeProvider clock)
{
    private const int Examples = 5;
    private const int CampaignsRecomputed = 2;

    public async Task<IntegrityReport> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        List<IntegrityCheck> checks = [];
        foreach (var (code, sql) in IntegritySql.All)
            checks.Add(Of(code, await db.Connection.ListAsync(sql, row => row.GetString(0), cancel)));
        checks.Add(Of("Files", await WrongFilesAsync(db.Connection, cancel)));
        checks.Add(Of("Audit", (await audit.RunAsync(access, await VerifyAudit.HeadsAsync(backups.Place, cancel), cancel)).Break is { } broken ? [$"{broken.Kind} {broken.Entry}"] : []));
        checks.Add(Of("StatusRecomputed", await OtherStatusesAsync(db.Connection, cancel)));
        var report = new IntegrityReport(clock.GetUtcNow(), checks);
        await KeepAsync(db.Connection, report, cancel);
        return report;
    }

    private static IntegrityCheck Of(string code, List<string> wrong) => new(code, wrong.Count, [.. wrong.Take(Examples)]);

    private async Task<List<string>> WrongFilesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        List<string> wrong = [];
        foreach (var sha256 in await connection.ListAsync("SELECT sha256 FROM stored_file ORDER BY sha256", row => row.GetString(0), cancel))
        {
            if (!await IsWholeAsync(sha256, cancel))
                wrong.Add(sha256);
        }
        return wrong;
    }

    private async Task<bool> IsWholeAsync(string sha256, CancellationToken cancel)
    {
        try
        {
            await using var content = File.OpenRead(files.PathOf(sha256));
            return Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel)) == sha256;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // Some campaigns of the past, others each night, judged anew in a transaction that is rolled back.
    private async Task<List<string>> OtherStatusesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (await AssessmentState.IsDueAsync(connection, cancel))
            return [];
        List<string> other = [];
        foreach (var campaign in await connection.ListAsync(
            "SELECT campaign_id FROM (SELECT DISTINCT campaign_id FROM site_status) AS judged ORDER BY random() LIMIT $1", row => row.GetInt32(0), cancel, CampaignsRecomputed))
        {
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await connection.AllowLongAsync(cancel);
            // What each kind of reader is shown, not only what the province is.
            await connection.ExecuteAsync("SET LOCAL quantrac.judging = 'on'", cancel);
            await connection.ExecuteAsync("CREATE TEMP TABLE status_before ON COMMIT DROP AS SELECT * FROM site_status WHERE campaign_id = $1", cancel, campaign);
            await new RunAssessment(connection, PortalDay.Of(clock)).OfCampaignAsync(campaign, cancel);
            await connection.ExecuteAsync("SET LOCAL quantrac.judging = 'on'", cancel);
            other.AddRange(await connection.ListAsync(
                """
                SELECT coalesce(was.site_id, now.site_id) || '/' || $1
                FROM status_before was FULL JOIN (SELECT * FROM site_status WHERE campaign_id = $1) AS now USING (site_id, medium, data_group, view, rests_on)
                WHERE (was.verdict, was.index_code, was.index_value, was.band, was.ratio_class, was.ccme_value, was.worst_parameter, was.worst_ratio, was.results, was.exceeding)
                    IS DISTINCT FROM (now.verdict, now.index_code, now.index_value, now.band, now.ratio_class, now.ccme_value, now.worst_parameter, now.worst_ratio, now.results, now.exceeding)
                """, row => row.GetString(0), cancel, campaign));
            await transaction.RollbackAsync(cancel);
        }
        return other;
    }

    private async Task KeepAsync(NpgsqlConnection connection, IntegrityReport report, CancellationToken cancel)
    {
        var faults = report.Checks.Sum(check => check.Faults);
        await connection.ExecuteAsync(
            "INSERT INTO integrity_report (at, faults, checks) VALUES ($1, $2, $3)", cancel, report.At, faults,
            new NpgsqlParameter { Value = JsonSerializer.Serialize(report.Checks), NpgsqlDbType = NpgsqlDbType.Jsonb });
        if (faults > 0)
        {
            var at = PortalDay.Local(report.At).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
            await notices.ToAdministratorsAsync(new("Integrity.Faults", [at, $"{faults}"], "/operations", $"integrity:{at}"), cancel);
        }
    }
}
