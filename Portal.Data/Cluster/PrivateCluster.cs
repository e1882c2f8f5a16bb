using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;

namespace QuanTrac.Portal.Data.Cluster;

/// <summary>
/// A PostgreSQL server of the portal's own, reached only through a socket in a closed folder (no TCP port).
/// </summary>
/// <param name="data">Where it keeps its data.</param>
/// <param name="settings">Settings on top of the portal's own, as in postgresql.conf.</param>
public sealed class PrivateCluster(DataFolder data, IReadOnlyDictionary<string, string>? settings = null)
{
    private const int Port = 5432;
    private const int LongestSocketPath = 107;
    private const int MegabytesNeeded = 300;
    private const long LogCap = 32L * 1024 * 1024;
    private const int LogKept = 1024 * 1024;

    // Told to stop, it ends its sessions at once and then writes down what is in memory. Nobody waits long for that:
    // whoever starts it next waits until it is down.
    private const int SecondsToStop = 4;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>What the server wrote since its last start.</summary>
    public string LogFile => Path.Combine(data.Cluster, "server.log");

    private string PidFile => Path.Combine(data.Cluster, "postmaster.pid");

    // A socket's whole path must fit into 107 bytes, so a long data folder gets a short one elsewhere.
    private string SocketFolder =>
        Path.Combine(data.In("run"), $".s.PGSQL.{Port}").Length <= LongestSocketPath ? data.In("run")
        : ServerUser.IsOther ? $"/run/quantrac-{data.Hash}" : $"/tmp/quantrac-{data.Hash}";

    /// <summary>A connection as superuser to the given database.</summary>
    public async Task<NpgsqlConnectionStringBuilder> SuperuserAsync(string database, CancellationToken cancel) => new()
    {
        Host = SocketFolder, Port = Port, Database = database, Username = "postgres",
        Password = await File.ReadAllTextAsync(data.SuperuserPassword, cancel), Pooling = false,
    };

    /// <summary>Makes the cluster when there is none and starts it when it is down.</summary>
    /// <returns>False when it ran already.</returns>
    /// <exception cref="SetupException">With the reason, where it cannot be started.</exception>
    public async Task<bool> StartAsync(CancellationToken cancel)
    {
        var programs = PostgresPrograms.Find(data);
        if (!await ServerUser.CanEnterAsync(data.Path, cancel))
        {
            throw new SetupException(SetupFault.FolderNotEnterable, data.Path, ServerUser.UserName);
        }

        if (!File.Exists(Path.Combine(data.Cluster, "PG_VERSION")))
        {
            await MakeAsync(programs, cancel);
        }

        // One that was just killed may still be going: then it is started like one that is down.
        if (IsRunning() && await AnswersAsync(cancel))
        {
            return false;
        }

        await LaunchAsync(programs, cancel);
        return await AnswersAsync(cancel) ? true : throw Failure(SetupFault.ClusterFailed, File.Exists(LogFile) ? await File.ReadAllTextAsync(LogFile, cancel) : "");
    }

    /// <summary>Ends sessions and stops the server; nothing to do when it is down. One that takes long goes on stopping by itself.</summary>
    public async Task StopAsync(CancellationToken cancel)
    {
        if (!IsRunning())
        {
            return;
        }

        var programs = PostgresPrograms.Find(data);
        await ServerUser.RunAsync(
            programs.Program("pg_ctl"), ["-D", data.Cluster, "-m", "fast", "-w", "-t", $"{SecondsToStop}", "stop"], null, cancel);
    }

    /// <summary>Whether the process named in the pid file lives and is this cluster's: numbers of dead processes are used again.</summary>
    public bool IsRunning()
    {
        if (!File.Exists(PidFile) || File.ReadLines(PidFile).FirstOrDefault() is not { Length: > 0 } pid)
        {
            return false;
        }

        try
        {
            return File.ReadAllText($"/proc/{pid}/comm").StartsWith("postgres", StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{pid}/cwd/postmaster.pid") == File.ReadAllText(PidFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Cuts the server's log to its end where it has grown: nobody turns it over, and a client that fails again and again would fill the disk.</summary>
    public static void TrimLog(DataFolder data)
    {
        var path = new PrivateCluster(data).LogFile;
        if (!File.Exists(path) || new FileInfo(path).Length <= LogCap)
            return;
        // The server appends: what it writes next comes after what is left.
        using var log = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        var end = new byte[LogKept];
        log.Position = log.Length - LogKept;
        log.ReadExactly(end);
        log.SetLength(0);
        log.Position = 0;
        log.Write(end);
    }

    private async Task MakeAsync(PostgresPrograms programs, CancellationToken cancel)
    {
        if (data.MegabytesFree() is var free and < MegabytesNeeded)
        {
            throw new SetupException(SetupFault.DiskFull, data.Path, free.ToString(CultureInfo.InvariantCulture));
        }

        await DataFolder.KeepSecretAsync(data.SuperuserPassword, RandomNumberGenerator.GetHexString(40), cancel);
        // Made aside and moved into place when whole, so that a kill leaves no half cluster behind.
        var draft = data.In("pg.new");
        if (Directory.Exists(draft))
        {
            Directory.Delete(draft, recursive: true);
        }

        await ServerUser.CreateFolderAsync(draft, cancel);
        var made = await ServerUser.RunAsync(
            "sh",
            ["-c", MakeScript, "initdb", programs.Program("initdb"), draft, Memory()],
            await File.ReadAllTextAsync(data.SuperuserPassword, cancel),
            cancel);
        if (made.ExitCode != 0)
        {
            throw Failure(SetupFault.ClusterNotMade, made.Output);
        }

        Directory.Move(draft, data.Cluster);
    }

    // The password travels by standard input into a file that initdb's user may read and nobody else.
    private const string MakeScript = """
        umask 077
        f=$(mktemp) && cat > "$f" &&
        "$1" -D "$2" -U postgres --encoding=UTF8 --locale=C.UTF-8 --auth=scram-sha-256 --pwfile="$f" &&
        printf 'shared_buffers = %s\nmaintenance_work_mem = 256MB\nmax_wal_size = 2GB\n' "$3" >> "$2/postgresql.conf"
        s=$?; rm -f "$f"; exit $s
        """;

    // A quarter of the memory, 1 GB at most: the rest serves as the system's file cache.
    private static string Memory()
    {
        var quarter = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (4 * 1024 * 1024);
        return string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp(quarter, 128, 1024)}MB");
    }

    private async Task LaunchAsync(PostgresPrograms programs, CancellationToken cancel)
    {
        await ServerUser.CreateFolderAsync(SocketFolder, cancel);
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            RemoveLeftovers();
            var started = await ServerUser.RunAsync(
                programs.Program("pg_ctl"),
                ["-D", data.Cluster, "-l", LogFile, "-w", "-t", "120", "-o", ServerOptions(), "start"], null, cancel);
            if (started.ExitCode == 0)
            {
                return;
            }

            var log = File.Exists(LogFile) ? await File.ReadAllTextAsync(LogFile, cancel) : started.Output;
            // After a kill -9 the old server's children notice and go; one in a long statement would keep the new one out until it has finished.
            if (!log.Contains("shared memory block", StringComparison.Ordinal)
                || TimeProvider.System.GetElapsedTime(until) > Patience)
            {
                throw Failure(SetupFault.ClusterFailed, log.Trim());
            }

            EndOrphans();
            await Task.Delay(300, cancel);
        }
    }

    // Only called where their server is dead: what they did not commit is lost with it anyway.
    private void EndOrphans()
    {
        // By the kernel's own list: PostgreSQL renames its children, and then the framework knows them by no name.
        foreach (var id in Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit)))
        {
            try
            {
                if (File.ReadAllText($"/proc/{id}/comm").StartsWith("postgres", StringComparison.Ordinal) && new FileInfo($"/proc/{id}/cwd").LinkTarget == data.Cluster)
                {
                    using var orphan = Process.GetProcessById(int.Parse(id!, CultureInfo.InvariantCulture));
                    orphan.Kill();
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException or Win32Exception)
            {
                // It has gone by itself, or is somebody else's.
            }
        }
    }

    private void RemoveLeftovers()
    {
        foreach (var file in new[] { PidFile, LogFile }.Concat(Directory.GetFiles(SocketFolder, ".s.PGSQL.*")))
        {
            File.Delete(file);
        }
    }

    private string ServerOptions()
    {
        var all = new Dictionary<string, string>
        {
            ["listen_addresses"] = "", ["unix_socket_directories"] = SocketFolder, ["port"] = $"{Port}",
            ["max_connections"] = "100", ["timezone"] = "Asia/Ho_Chi_Minh", ["log_timezone"] = "Asia/Ho_Chi_Minh",
            ["jit"] = "off", ["log_checkpoints"] = "off",
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            all[name] = value;
        }

        return string.Join(' ', all.Select(s => $"-c {s.Key}='{s.Value.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
    }

    // Waits until it answers; false where it died meanwhile.
    private async Task<bool> AnswersAsync(CancellationToken cancel)
    {
        var builder = await SuperuserAsync("postgres", cancel);
        var since = TimeProvider.System.GetTimestamp();
        while (true)
        {
            try
            {
                await using var connection = new NpgsqlConnection(builder.ConnectionString);
                await connection.OpenAsync(cancel);
                return true;
            }
            catch (NpgsqlException e)
            {
                if (e.SqlState == PostgresErrorCodes.InvalidPassword || TimeProvider.System.GetElapsedTime(since) > Patience)
                {
                    throw Failure(SetupFault.ClusterFailed, e.Message);
                }

                if (!IsRunning())
                {
                    return false;
                }
            }

            await Task.Delay(200, cancel);
        }
    }

    private SetupException Failure(SetupFault fault, string message)
    {
        // A server without room may not even be able to write down why it stopped.
        var free = data.MegabytesFree();
        if (free < 8 || message.Contains("No space left on device", StringComparison.Ordinal))
        {
            return new SetupException(SetupFault.DiskFull, data.Path, free.ToString(CultureInfo.InvariantCulture));
        }

        var tail = string.Join('\n', message.Split('\n').TakeLast(6));
        return new SetupException(fault, tail, LogFile);
    }
}
