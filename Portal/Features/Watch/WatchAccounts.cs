using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Audit;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.Watch;

/// <summary>Each minute: looks through the audit and the sessions of the last day by the rules (watch_rule), and tells the Centre once of each thing (Điều 9.3b).</summary>
public sealed class WatchAccounts(PortalDatabase database, RaiseNotice raise, TimeProvider clock)
{
    private const long Megabyte = 1_000_000;

    // What a server that was down for a day has missed is not missed.
    private static readonly TimeSpan Back = TimeSpan.FromDays(1);

    /// <returns>How many things were new.</returns>
    public async Task<int> RunAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        var rules = await system.ListAsync("SELECT code, amount, minutes, from_hour, to_hour FROM watch_rule",
            row => new WatchRule(row.GetString(0), Of(row, 1), Of(row, 2), Of(row, 3), Of(row, 4)), cancel);
        var findings = new List<WatchFinding>();
        await using (var db = await database.OpenAsync(access, cancel))
        {
            foreach (var rule in rules)
                findings.AddRange(await FindAsync(rule, db.Connection, system, cancel));
        }
        var told = 0;
        foreach (var finding in findings)
            told += await TellAsync(system, finding, cancel) ? 1 : 0;
        await ForgetAsync(system, rules, cancel);
        return told;
    }

    private Task<List<WatchFinding>> FindAsync(WatchRule rule, NpgsqlConnection audit, NpgsqlConnection system, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        Task<List<WatchFinding>> Ask(NpgsqlConnection connection, string sql, params object?[] values) =>
            connection.ListAsync(sql, row => Read(rule, row), cancel, values);
        var since = now - Back;
        return rule.Code switch
        {
            "failures-account" => Ask(audit, WatchSql.ByAccount, since, rule.Minutes, (long?)rule.Amount, "sign-in-failed"),
            "failures-address" => Ask(audit, WatchSql.ByAddress, since, rule.Minutes, (long?)rule.Amount),
            "refused" => Ask(audit, WatchSql.ByAccount, since, rule.Minutes, (long?)rule.Amount, "refused"),
            "exports" => Ask(audit, WatchSql.Exports, since, rule.Minutes, rule.Amount * Megabyte),
            "rights-night" => Ask(audit, WatchSql.AtNight, since, rule.FromHour, rule.ToHour, AuditActs.Of(AuditGroup.Rights)),
            "new-place" => Ask(system, WatchSql.NewPlace, since, rule.Minutes),
            "two-places" => Ask(system, WatchSql.TwoPlaces, now, rule.Minutes),
            _ => throw new InvalidOperationException($"No rule {rule.Code}."),
        };
    }

    // Of a day one word for each account and rule; of a new place one for each place.
    private static WatchFinding Read(WatchRule rule, NpgsqlDataReader row)
    {
        var (name, from, at) = (row.GetString(1), row.GetString(2), row.GetFieldValue<DateTimeOffset>(4));
        var about = rule.Code switch { "failures-address" => from, "new-place" => $"{name} {from}", _ => name };
        var key = string.Create(CultureInfo.InvariantCulture, $"{rule.Code}:{about}:{DateOnly.FromDateTime(PortalDay.Local(at)):yyyy-MM-dd}");
        return new(rule.Code, key, Of(row, 0), name, from, row.IsDBNull(3) ? null : row.GetInt64(3), at);
    }

    private async Task<bool> TellAsync(NpgsqlConnection system, WatchFinding found, CancellationToken cancel)
    {
        var isNew = await system.ScalarAsync<bool>(
            """
            INSERT INTO watch_alert AS w (rule, key, account_id, account_name, from_address, amount, at)
            SELECT $1, $2, (SELECT id FROM account WHERE id = $3), $4, $5, $6, $7
            ON CONFLICT ON CONSTRAINT watch_alert_once DO UPDATE SET amount = excluded.amount, at = excluded.at
            WHERE w.closed_at IS NULL AND w.amount < excluded.amount RETURNING xmax = 0
            """, cancel, found.Rule, found.Key, Optional(found.AccountId), found.AccountName, found.From, found.Amount is { } amount ? amount : Missing(NpgsqlTypes.NpgsqlDbType.Bigint), found.At);
        if (isNew)
        {
            await raise.ToAdministratorsAsync(
                new($"Watch.{found.Rule}", [found.AccountName, found.From, found.Amount?.ToString(CultureInfo.InvariantCulture) ?? ""], "/operations/watch", $"watch:{found.Key}"), cancel);
        }
        return isNew;
    }

    // Places are personal data: kept as long as the rule looks back, and no longer.
    private Task<int> ForgetAsync(NpgsqlConnection system, List<WatchRule> rules, CancellationToken cancel) => system.ExecuteAsync(
        "DELETE FROM account_session WHERE ended_at < $1", cancel, clock.GetUtcNow() - TimeSpan.FromMinutes(rules.Max(rule => rule.Minutes) ?? 0));

    private static int? Of(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt32(column);

    private static object Optional(int? number) => number is { } known ? known : Missing(NpgsqlTypes.NpgsqlDbType.Integer);

    private static NpgsqlParameter Missing(NpgsqlTypes.NpgsqlDbType type) => new() { Value = DBNull.Value, NpgsqlDbType = type };
}
