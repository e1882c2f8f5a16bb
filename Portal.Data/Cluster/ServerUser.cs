using System.Diagnostics;

namespace QuanTrac.Portal.Data.Cluster;

/// <summary>Runs the server's programs as the user that may: <c>postgres</c> when the portal is root (PostgreSQL refuses root), else oneself.</summary>
public static class ServerUser
{
    private const string Name = "postgres";

    /// <summary>True when programs run as another user than the portal.</summary>
    public static bool IsOther => Environment.IsPrivilegedProcess;

    /// <summary>The user's name.</summary>
    public static string UserName => IsOther ? Name : Environment.UserName;

    /// <summary>Makes a folder that only the server's user (and root) may enter.</summary>
    /// <exception cref="SetupException"><see cref="SetupFault.FolderNotWritable"/></exception>
    public static async Task CreateFolderAsync(string folder, CancellationToken cancel)
    {
        // `install` refuses a folder that belongs to somebody else: a squatter in /tmp is noticed.
        string[] owner = IsOther ? ["-o", Name, "-g", Name] : [];
        var made = await StartAsync("install", ["-d", "-m", "0700", .. owner, folder], null, cancel);
        if (made.ExitCode != 0)
        {
            throw new SetupException(SetupFault.FolderNotWritable, folder, made.Output);
        }
    }

    /// <summary>Whether the server's user may enter a folder.</summary>
    public static async Task<bool> CanEnterAsync(string folder, CancellationToken cancel) =>
        !IsOther || (await RunAsync("test", ["-x", folder], null, cancel)).ExitCode == 0;

    /// <summary>Runs one program as the server's user, with everything it said.</summary>
    public static Task<(int ExitCode, string Output)> RunAsync(
        string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancel) =>
        IsOther
            ? StartAsync("runuser", ["-u", Name, "--", program, .. arguments], input, cancel)
            : StartAsync(program, arguments, input, cancel);

    private static async Task<(int ExitCode, string Output)> StartAsync(
        string program, IReadOnlyList<string> arguments, string? input, CancellationToken cancel)
    {
        // In a session of its own: Ctrl-C reaches the portal, which then takes things down in order, and not its children.
        var start = new ProcessStartInfo("setsid", ["--wait", program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            // The server's user may not be able to enter the caller's folder.
            WorkingDirectory = "/",
        };
        start.Environment["LC_ALL"] = "C.UTF-8";
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync((input ?? "").AsMemory(), cancel);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);
        return (process.ExitCode, string.Concat(await output, await errors).Trim());
    }
}
