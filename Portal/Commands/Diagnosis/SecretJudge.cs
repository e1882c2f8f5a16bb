using System.Diagnostics;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>A file that holds a secret.</summary>
/// <param name="Mode">What others than its owner may do stands in the last six bits.</param>
public sealed record SecretFile(string Path, UnixFileMode Mode, string Owner);

/// <summary>Whether secrets are read by their owner alone, and the key of the backups does not travel with them.</summary>
public static class SecretJudge
{
    private const UnixFileMode Others = (UnixFileMode)0b111_111;

    /// <param name="owner">Whose the data folder is.</param>
    public static Finding Of(SecretFile file, string owner) =>
        (file.Mode & Others) != 0 ? Finding.Red("Secret.Open", file.Path, Convert.ToString((int)file.Mode, 8))
        : file.Owner != owner ? Finding.Red("Secret.Owner", file.Path, file.Owner, owner)
        : Finding.Green("Secret.Well", file.Path);

    /// <summary>Where the key of the backups lies beside them.</summary>
    /// <param name="key">Its file; null where the environment brings it.</param>
    /// <param name="data">The data folder.</param>
    /// <param name="places">The folder of backups and the second place.</param>
    public static Finding OfBackupKey(string? key, string data, IEnumerable<string?> places)
    {
        if (key is null)
            return Finding.Green("Key.Given");
        if (places.OfType<string>().FirstOrDefault(place => Within(key, place)) is { } inside)
            return Finding.Red("Key.Inside", key, inside);
        return places.OfType<string>().Any(place => Within(place, data)) ? Finding.Yellow("Key.Beside", key) : Finding.Green("Key.Apart", key);
    }

    /// <summary>Mode and owner of a file; null where it is not there.</summary>
    public static async Task<SecretFile?> LookAsync(string path, CancellationToken cancel) =>
        File.Exists(path) || Directory.Exists(path) ? new(path, File.GetUnixFileMode(path), await SayAsync("stat", ["-c", "%U", path], cancel) ?? "?") : null;

    /// <summary>The first line that a program says; null where it is not installed or fails.</summary>
    internal static async Task<string?> SayAsync(string program, IReadOnlyList<string> arguments, CancellationToken cancel)
    {
        try
        {
            using var run = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = await run.StandardOutput.ReadLineAsync(cancel);
            await run.WaitForExitAsync(cancel);
            return run.ExitCode == 0 ? said?.Trim() : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private static bool Within(string path, string folder) => Path.GetFullPath(path).StartsWith(Path.GetFullPath(folder).TrimEnd('/') + "/", StringComparison.Ordinal);
}
