using System.Globalization;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>Makes what a document changes, all of it or nothing. First it is tried and taken back, to show who would gain and lose what;
/// what is confirmed must be what was shown.</summary>
public sealed class ChangeOrganisations(PortalDatabase database, TimeProvider clock)
{
    /// <param name="scan">Of the document, handed in before by the same account.</param>
    /// <param name="seen">The <see cref="ScopeEffect.Seen"/> that was shown; null only shows it.</param>
    public async Task<ChangeOutcome> RunAsync(Domain.Access.Access access, OrganisationChange change, Scan? scan, string? seen, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        if (Check(change) is { } fault)
            return ChangeOutcome.Refused(fault);
        await using var db = await database.OpenAsync(access, cancel);
        var connection = db.Connection;
        if (scan is null || !await connection.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM stored_file WHERE sha256 = $1)", cancel, scan.Sha256))
            return ChangeOutcome.Refused(OrganisationFault.ScanMissing);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.AllowLongAsync(cancel);
        // One change at a time, so that what is counted before is what the change begins from.
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(2620229002)", cancel);
        var from = change.FromDay!.Value;
        var today = PortalDay.Of(clock);
        await ScopeComparison.BeginAsync(connection, from > today ? from : today, cancel);
        var id = await RegisterAsync(connection, access, change, scan, cancel);
        try
        {
            var acts = new OrganisationActs(connection, id, from, $"{change.Number.Trim()} ({change.Dated:dd/MM/yyyy})", cancel);
            foreach (var act in change.Acts)
            {
                if (await acts.ApplyAsync(act) is { } refused)
                    return refused;
            }
        }
        catch (PostgresException refusal) when (OrganisationActs.FaultOf(refusal) is { } reason)
        {
            return ChangeOutcome.Refused(reason);
        }
        var effect = await ScopeComparison.EndAsync(connection, from > today ? from : today, cancel);
        if (seen is null)
            return new(null, [], effect, null);
        if (seen != effect.Seen)
            return new(OrganisationFault.EffectChanged, [], effect, null);
        await connection.ExecuteAsync("UPDATE organisation_change SET effect = $2 WHERE id = $1", cancel, id, Json(effect.Organisations));
        await WriteAudit.AsAsync(connection, access, "organisations-changed", id.ToString(CultureInfo.InvariantCulture), new { change.Number, change.FromDay, Acts = change.Acts.Count });
        await transaction.CommitAsync(cancel);
        return new(null, [], effect, id);
    }

    private OrganisationFault? Check(OrganisationChange change) =>
        string.IsNullOrWhiteSpace(change.Number) || change.Number.Length > 100 || change.Dated is not { } dated || dated > PortalDay.Of(clock)
            ? OrganisationFault.DocumentMissing
        : change.FromDay is not { } day || day.Year is < 1990 or > 2100 ? OrganisationFault.DayMissing
        : change.Acts.Count == 0 ? OrganisationFault.NothingToChange
        : null;

    private async Task<int> RegisterAsync(NpgsqlConnection connection, Domain.Access.Access access, OrganisationChange change, Scan scan, CancellationToken cancel) =>
        await connection.ScalarAsync<int>(
            """
            INSERT INTO organisation_change (number, dated, from_day, file_sha256, file_name, note, acts, at, account_id, account_name)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id
            """,
            cancel, change.Number.Trim(), change.Dated, change.FromDay, scan.Sha256, SentName.Of(scan.Name), change.Note.Trim(), Json(change.Acts), clock.GetUtcNow(),
            new NpgsqlParameter { Value = (object?)access.AccountId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Integer }, access.AccountName);

    private static NpgsqlParameter Json<T>(T value) => new() { Value = JsonSerializer.Serialize(value), NpgsqlDbType = NpgsqlDbType.Jsonb };
}
