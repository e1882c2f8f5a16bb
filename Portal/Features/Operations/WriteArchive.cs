using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QuanTrac.Portal.Data.Backup;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Operations;

/// <summary>What was written.</summary>
/// <param name="DocumentsLacking">Files that the database names and the store has not.</param>
public sealed record ArchiveOutcome(string Folder, long Results, int Documents, IReadOnlyList<string> DocumentsLacking);

/// <summary>The open archive of a year (Điều 7.3: "dù có sự thay đổi về thiết bị, công nghệ"): accepted results as CSV, a schema, the documents, and a
/// README, to be read without the portal.</summary>
public sealed class WriteArchive(BackupSettings settings, PortalDatabase database, TimeProvider clock)
{
    /// <param name="year">The year in which a result's period begins.</param>
    /// <param name="into">The folder to make the archive's own folder in; null: <c>archive</c> in the data folder.</param>
    /// <exception cref="BackupException"><see cref="BackupFault.DiskFull"/>, <see cref="BackupFault.FolderUnusable"/></exception>
    public async Task<ArchiveOutcome> RunAsync(Domain.Access.Access access, int year, string? into, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        var parent = into ?? settings.Data.In("archive");
        var folder = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"quantrac-{year}-{clock.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmss'Z'}"));
        try
        {
            Directory.CreateDirectory(folder + ".part");
            var outcome = await WriteAsync(access, year, folder, cancel);
            Directory.Move(folder + ".part", folder);
            return outcome;
        }
        catch (IOException e)
        {
            throw BackupPlace.Explain(e, parent);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new BackupException(BackupFault.FolderUnusable, parent, e.Message);
        }
        finally
        {
            if (Directory.Exists(folder + ".part"))
                Directory.Delete(folder + ".part", recursive: true);
        }
    }

    private async Task<ArchiveOutcome> WriteAsync(Domain.Access.Access access, int year, string folder, CancellationToken cancel)
    {
        var draft = folder + ".part";
        await using var db = await database.OpenAsync(access, cancel);
        // All files of one state of the database.
        await using var transaction = await db.Connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancel);
        await db.Connection.AllowLongAsync(cancel);
        await db.Connection.ExecuteAsync(ArchiveTables.SetYear, cancel, year);
        foreach (var (file, copy) in ArchiveTables.All)
            await CopyOutAsync(db.Connection, copy, Path.Combine(draft, file), cancel);
        foreach (var text in new[] { "README.md", "schema.sql" })
        {
            await using var source = typeof(WriteArchive).Assembly.GetManifestResourceStream($"archive/{text}")!;
            await using var target = File.Create(Path.Combine(draft, text));
            await source.CopyToAsync(target, cancel);
        }
        var named = await db.Connection.ListAsync(ArchiveTables.Documents, row => row.GetString(0), cancel);
        var there = named.ToLookup(sha256 => File.Exists(settings.Store.PathOf(sha256)));
        Directory.CreateDirectory(Path.Combine(draft, "documents"));
        foreach (var sha256 in there[true])
            File.Copy(settings.Store.PathOf(sha256), Path.Combine(draft, "documents", sha256));
        await SumAsync(draft, cancel);
        var results = await db.Connection.ScalarAsync<long>(
            """
            SELECT count(*) FROM result r JOIN submission sub ON sub.id = r.submission_id AND sub.state = 'accepted'
            WHERE r.period_start >= current_setting('quantrac.archive_from')::date AND r.period_start < current_setting('quantrac.archive_to')::date
            """, cancel);
        await transaction.CommitAsync(cancel);
        await WriteAudit.AsAsync(db.Connection, access, "archive-written", $"{year}", new { folder, results });
        return new(folder, results, there[true].Count(), [.. there[false]]);
    }

    private static async Task CopyOutAsync(Npgsql.NpgsqlConnection connection, string copy, string path, CancellationToken cancel)
    {
        await using var target = new StreamWriter(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        using var source = await connection.BeginTextExportAsync(copy, cancel);
        var part = new char[1 << 15];
        var cells = new Cells(target);
        int read;
        while ((read = await source.ReadAsync(part, cancel)) > 0)
            cells.Write(part.AsSpan(0, read));
    }

    // Officials open the files in a spreadsheet too.
    private sealed class Cells(StreamWriter target)
    {
        private readonly StringBuilder cell = new();
        private bool quoted;

        public void Write(ReadOnlySpan<char> part)
        {
            foreach (var letter in part)
            {
                quoted ^= letter == '"';
                if (quoted || letter is not (',' or '\n'))
                {
                    cell.Append(letter);
                    continue;
                }
                target.Write(CsvText.PlainCell(cell.ToString()));
                target.Write(letter);
                cell.Clear();
            }
        }
    }

    // In the form of sha256sum -c.
    private static async Task SumAsync(string draft, CancellationToken cancel)
    {
        var sums = new StringBuilder();
        foreach (var path in Directory.GetFiles(draft, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            await using var content = File.OpenRead(path);
            sums.Append(CultureInfo.InvariantCulture, $"{Convert.ToHexStringLower(await SHA256.HashDataAsync(content, cancel))}  {Path.GetRelativePath(draft, path)}\n");
        }
        await BackupPlace.WriteSyncedAsync(Path.Combine(draft, "SHA256SUMS"), Encoding.UTF8.GetBytes(sums.ToString()), cancel);
    }
}
