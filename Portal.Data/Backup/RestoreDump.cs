using System.Text;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Restores the dump of a backup into an empty database that has the extensions. It is decrypted on its way into pg_restore: nothing
/// readable touches the disk.</summary>
public sealed class RestoreDump(BackupSettings settings, BackupKey key)
{
    /// <exception cref="BackupException">Whatever pg_restore says is a failure.</exception>
    public async Task RunAsync(string backup, string database, CancellationToken cancel)
    {
        var dump = settings.Place.PathOf(backup, BackupPlace.DumpName);
        var list = Path.Combine(Path.GetTempPath(), $"quantrac-{Guid.NewGuid():N}.list");
        try
        {
            await File.WriteAllTextAsync(list, await ContentsAsync(dump, cancel), cancel);
            await RestoreAsync(dump, database, ["--no-owner", "--exit-on-error", "--no-password", "--use-list", list, "--dbname", database], cancel);
        }
        finally
        {
            File.Delete(list);
        }
        await using var owner = await new CopyDatabase(settings.Logins).OpenAsync(database, DatabaseRole.Owner, cancel);
        await owner.ExecuteAsync("ANALYZE", cancel);
    }

    // The extensions are the template's, the schema "public" too; the dump's own entries would ask for a superuser.
    private async Task<string> ContentsAsync(string dump, CancellationToken cancel)
    {
        var contents = "";
        var (code, said) = await new PostgresClient(settings.Logins).RunAsync("pg_restore", DatabaseRole.Owner, "postgres", ["--list"],
            input => SealedFile.ReadAsync(key, dump, input, cancel),
            async output =>
            {
                using var reader = new StreamReader(output, Encoding.UTF8);
                contents = await reader.ReadToEndAsync(cancel);
            }, cancel);
        if (code != 0 || said.Length > 0)
            throw new BackupException(BackupFault.RestoreFailed, said);
        return string.Join('\n', contents.Split('\n').Where(line => !IsOfServer(line)));
    }

    private static bool IsOfServer(string line) =>
        line.Contains(" EXTENSION ", StringComparison.Ordinal) || line.Contains("spatial_ref_sys", StringComparison.Ordinal)
        || line.Contains(" SCHEMA - public ", StringComparison.Ordinal) || line.Contains(" COMMENT - SCHEMA public ", StringComparison.Ordinal);

    private async Task RestoreAsync(string dump, string database, string[] arguments, CancellationToken cancel)
    {
        var (code, said) = await new PostgresClient(settings.Logins).RunAsync("pg_restore", DatabaseRole.Owner, database, arguments,
            input => SealedFile.ReadAsync(key, dump, input, cancel), output => output.CopyToAsync(Stream.Null, cancel), cancel);
        if (code != 0 || said.Length > 0)
            throw new BackupException(BackupFault.RestoreFailed, said.Length > 0 ? said : $"pg_restore: {code}");
    }
}
