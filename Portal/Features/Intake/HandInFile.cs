using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Files;

namespace QuanTrac.Portal.Features.Intake;

/// <summary>That a file was handed in before, in data that a restore went back behind.</summary>
/// <param name="Key">One for each, so that it is not handed in twice.</param>
/// <param name="Number">Of the submission that it was then.</param>
public sealed record HandedInBefore(string Key, int Number, DateTimeOffset At);

/// <summary>Takes a file in: stored first, then the submission that names it and its place in the queue, in one transaction.</summary>
public sealed class HandInFile(PortalDatabase database, TakeFile take, IntakeSignal signal)
{
    /// <summary>What is taken: sheets of measurements.</summary>
    public static readonly FileDoor Door = new(FileReader.DefaultCap, FileKind.Xlsx, FileKind.Text);

    /// <summary>The new submission, a draft that waits to be checked.</summary>
    /// <param name="layout">The code of a layout, or empty to recognise it by its headers.</param>
    /// <param name="queue">False where the caller checks the file itself.</param>
    /// <param name="sending">The sender's mark of this sending: what was sent before under the same is not handed in twice. Null where there is none.</param>
    /// <param name="before">Null for what is handed in for the first time.</param>
    /// <exception cref="NotAllowedException">A parent company without a grant.</exception>
    /// <exception cref="FileRefusedException">With the reason; nothing is stored.</exception>
    /// <exception cref="FileTooLargeException">The file is over the cap; nothing is stored.</exception>
    public async Task<int> RunAsync(
        Domain.Access.Access access, Stream content, string fileName, string layout, bool queue, CancellationToken cancel, Guid? sending = null, HandedInBefore? before = null)
    {
        access.Demand(Capability.HandIn);
        if (!await MayAsync(access, cancel))
            throw new NotAllowedException(Capability.HandIn, access.AccountName);
        var file = await take.RunAsync(access, Door, fileName, content, cancel);

        await using var db = await database.OpenAsync(access, cancel);
        await using var transaction = await db.Connection.BeginTransactionAsync(cancel);
        await file.WriteAsync(db.Connection, access, cancel);
        var submission = await db.Connection.ScalarAsync<int>(
            """
            INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis, sending, first_number, first_at, first_key)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, 0), $10::timestamptz, nullif($11, '')) ON CONFLICT (account_id, sending) DO NOTHING RETURNING id
            """,
            cancel, access.OrganisationId, access.AccountId ?? 0, access.AccountName, file.Sha256, file.Name, layout, BasisOf(access.Role),
            new NpgsqlParameter { Value = (object?)sending ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            before?.Number ?? 0, new NpgsqlParameter { Value = (object?)before?.At.UtcDateTime ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz }, before?.Key ?? "");
        // It had arrived the first time, and only the answer was lost.
        if (submission == 0)
            return await db.Connection.ScalarAsync<int>("SELECT id FROM submission WHERE account_id = $1 AND sending = $2", cancel, access.AccountId ?? 0, sending);
        if (queue)
        {
            await db.Connection.ExecuteAsync(
                "INSERT INTO intake_queue (submission_id, account_id) VALUES ($1, $2)", cancel, submission, access.AccountId);
        }
        await WriteAudit.AsAsync(db.Connection, access, "file-handed-in", submission.ToString(System.Globalization.CultureInfo.InvariantCulture), new { sha256 = file.Sha256, bytes = file.Bytes, handedInFirst = before?.Number });
        await transaction.CommitAsync(cancel);
        if (queue)
            signal.Ring();
        return submission;
    }

    /// <summary>Whether an account that may hand in has anybody to do it for: a parent company reads what its subsidiaries hand in, and hands in for one only
    /// by a grant with its document (Điều 6.2b).</summary>
    public async Task<bool> MayAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.HandIn);
        if (access.Role != Role.Parent)
            return true;
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ScalarAsync<bool>(
            "SELECT EXISTS (SELECT FROM visible_organisation WHERE manage AND sees_id <> organisation_id AND valid @> portal_today())", cancel);
    }

    // State bodies hand over by minutes; facilities enter their own data and answer for them (Điều 7.1a, 7.1b).
    private static string BasisOf(Role role) => role is Role.Facility or Role.Parent ? "statement" : "handover";
}
