using System.Diagnostics;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Runs pg_dump, pg_dumpall and pg_restore against the portal's server; the password travels in the environment of the child alone.</summary>
public sealed class PostgresClient(DatabaseLogins logins)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Runs one program.</summary>
    /// <param name="feed">Writes its standard input; null for none. A program that stops reading early is no failure of the feed.</param>
    /// <param name="drain">Reads its standard output.</param>
    /// <returns>The exit code and all that it said on standard error.</returns>
    /// <exception cref="BackupException"><see cref="BackupFault.ProgramMissing"/></exception>
    public async Task<(int ExitCode, string Said)> RunAsync(
        string program, DatabaseRole login, string database, IReadOnlyList<string> arguments, Func<Stream, Task>? feed, Func<Stream, Task> drain, CancellationToken cancel)
    {
        using var process = Start(program, login, database, arguments);
        try
        {
            var said = process.StandardError.ReadToEndAsync(cancel);
            var fed = FeedAsync(process, feed);
            await drain(process.StandardOutput.BaseStream);
            await fed;
            await process.WaitForExitAsync(cancel);
            return (process.ExitCode, (await said).Trim());
        }
        catch
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None).WaitAsync(Patience, CancellationToken.None);
            throw;
        }
    }

    private static async Task FeedAsync(Process process, Func<Stream, Task>? feed)
    {
        try
        {
            if (feed is not null)
                await feed(process.StandardInput.BaseStream);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has read what it wanted, or died: its exit code tells which.
        }
        catch
        {
            // What it was given is not whole: it must not take the end for the end.
            process.Kill();
            throw;
        }
    }

    private Process Start(string program, DatabaseRole login, string database, IReadOnlyList<string> arguments)
    {
        var connection = new NpgsqlConnectionStringBuilder(logins.On(database).ConnectionString(login));
        var start = new ProcessStartInfo(Find(program), arguments)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        foreach (var (name, value) in new[]
        {
            ("PGHOST", connection.Host), ("PGPORT", $"{connection.Port}"), ("PGDATABASE", database), ("PGUSER", connection.Username),
            ("PGPASSWORD", connection.Password), ("PGAPPNAME", "quantrac-backup"), ("PGSSLMODE", Ssl(connection.SslMode)), ("PGSSLROOTCERT", connection.RootCertificate),
            ("LC_ALL", "C.UTF-8"), ("PGTZ", "UTC"),
        })
        {
            if (!string.IsNullOrEmpty(value))
                start.Environment[name] = value;
        }
        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new BackupException(BackupFault.ProgramMissing, program);
        }
    }

    // The newest that is installed: it dumps servers of its own version and older ones.
    private static string Find(string program) =>
        PostgresPrograms.Installed().Select(programs => programs.Program(program)).FirstOrDefault(File.Exists) ?? program;

    private static string Ssl(SslMode mode) => mode switch
    {
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        _ => mode.ToString().ToLowerInvariant(),
    };
}
