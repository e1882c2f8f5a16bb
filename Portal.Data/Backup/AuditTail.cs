using System.IO.Pipelines;
using System.Text;
using Npgsql;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>The entries of the audit that only a kept database has, with their links of the chain, written beside the backups: they outlive the kept database.</summary>
public static class AuditTail
{
    /// <summary>Where the tail of a kept database lies: one entry a line as JSON, encrypted like a backup.</summary>
    public static string PathOf(BackupPlace place, string kept) => Path.Combine(place.Root, $"audit-{kept}.jsonl.qtb");

    /// <param name="old">What was there before, which nobody writes into any more.</param>
    /// <param name="after">The last entry that the restored data have.</param>
    /// <returns>How many entries.</returns>
    public static async Task<long> WriteAsync(NpgsqlConnection old, long after, BackupKey key, string path, CancellationToken cancel)
    {
        // Of a restore that was killed.
        File.Delete(path);
        var pipe = new Pipe();
        var reading = ReadAsync(old, after, pipe.Writer, cancel);
        await SealedFile.WriteAsync(key, pipe.Reader.AsStream(), path, cancel);
        return await reading;
    }

    private static async Task<long> ReadAsync(NpgsqlConnection old, long after, PipeWriter lines, CancellationToken cancel)
    {
        try
        {
            await using var command = new NpgsqlCommand(
                """
                SELECT jsonb_build_object('entry', to_jsonb(a), 'place', s.place, 'hash', s.hash)::text || E'\n' FROM audit AS a LEFT JOIN audit_seal AS s ON s.entry_id = a.id
                WHERE a.id > $1 ORDER BY a.id
                """, old) { CommandTimeout = 0, Parameters = { new() { Value = after } } };
            await using var entries = await command.ExecuteReaderAsync(cancel);
            var count = 0L;
            for (; await entries.ReadAsync(cancel); count++)
                await lines.WriteAsync(Encoding.UTF8.GetBytes(entries.GetString(0)), cancel);
            await lines.CompleteAsync();
            return count;
        }
        catch (Exception e)
        {
            await lines.CompleteAsync(e);
            throw;
        }
    }
}
