using System.Security.Cryptography;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>The secret that backups are encrypted with: 32 bytes, written as 64 hexadecimal digits (<c>openssl rand -hex 32</c>).</summary>
public sealed class BackupKey
{
    public const string Variable = "QUANTRAC_BACKUP_KEY";

    private readonly byte[] secret;

    private BackupKey(byte[] secret) => this.secret = secret;

    /// <summary>Eight bytes that tell one key from another without giving it away.</summary>
    internal byte[] Id => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 8, info: "quantrac key id"u8.ToArray());

    /// <summary>Where a private installation keeps its own key.</summary>
    public static string FileOf(DataFolder data) => data.In("backup.key");

    /// <summary>Makes a key for a private installation that was given none; one that is there stays.</summary>
    public static async Task EnsureAsync(DataFolder data, CancellationToken cancel)
    {
        if (Given is null && !File.Exists(FileOf(data)))
            await DataFolder.KeepSecretAsync(FileOf(data), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)), cancel);
    }

    /// <summary>The key of the environment, else the one in the data folder.</summary>
    /// <exception cref="BackupException"><see cref="BackupFault.KeyMissing"/>, <see cref="BackupFault.KeyInvalid"/></exception>
    public static async Task<BackupKey> LoadAsync(DataFolder data, CancellationToken cancel)
    {
        if (Given is { } given)
            return Parse(given, Variable);
        var file = FileOf(data);
        return File.Exists(file) ? Parse(await File.ReadAllTextAsync(file, cancel), file) : throw new BackupException(BackupFault.KeyMissing);
    }

    /// <param name="place">Where it stands, for the fault.</param>
    public static BackupKey Parse(string digits, string place)
    {
        try
        {
            return Convert.FromHexString(digits.Trim()) is { Length: 32 } secret ? new(secret) : throw new BackupException(BackupFault.KeyInvalid, place);
        }
        catch (FormatException)
        {
            throw new BackupException(BackupFault.KeyInvalid, place);
        }
    }

    /// <summary>A key for one file alone.</summary>
    internal byte[] OfFile(byte[] salt) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, salt, "quantrac file"u8.ToArray());

    /// <summary>What proves that a text was written by a holder of the key.</summary>
    internal string Sign(byte[] text) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "quantrac manifest"u8.ToArray()), text));

    /// <summary>The same for a checkpoint of the audit.</summary>
    public string SignCheckpoint(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "quantrac audit checkpoint"u8.ToArray()), System.Text.Encoding.UTF8.GetBytes(text)));

    private static string? Given => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } set ? set : null;
}
