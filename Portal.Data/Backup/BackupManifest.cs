using System.Text.Json;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Rows of a table and the sum of their hashes, whichever order they come in.</summary>
public sealed record TableCount(long Rows, string Hash);

/// <summary>A file of the store.</summary>
public sealed record StoredContent(string Sha256, long Bytes);

/// <summary>What the portal answered to one address, by SHA-256.</summary>
public sealed record ProofAnswer(string Address, int Status, long Bytes, string Sha256);

/// <summary>What the portal was asked on the original, for the copy to answer likewise.</summary>
/// <param name="Day">The day in Quảng Ninh: the map of another day may differ.</param>
/// <param name="Site">Code of the site that was looked at; null where nothing was sampled yet.</param>
/// <param name="Result">The result whose chain was looked at.</param>
public sealed record ProofQuestion(DateOnly Day, string? Site, long? Result, IReadOnlyList<ProofAnswer> Answers);

/// <summary>What a backup holds, as counted in the snapshot that was dumped.</summary>
/// <param name="Kind">daily, weekly, monthly, yearly or manual.</param>
/// <param name="Portal">Version of the program.</param>
/// <param name="Migrations">File name to SHA-256.</param>
/// <param name="Tables">Schema and name to rows and hash.</param>
/// <param name="Parts">Kind (policies, constraints, triggers, partitions …) to name to hash of its definition.</param>
/// <param name="AuditPlace">Head of the audit chain; 0 and empty while nothing is sealed.</param>
/// <param name="Dump">SHA-256 of the encrypted file.</param>
/// <param name="FilesLacking">Files that the database names and the store had not.</param>
public sealed record BackupManifest(
    string Kind, DateTimeOffset TakenAt, string Portal, string Database, string Server, long DataVersion,
    IReadOnlyDictionary<string, string> Migrations,
    IReadOnlyDictionary<string, TableCount> Tables,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Parts,
    long AuditPlace, string AuditHash,
    StoredContent Dump, StoredContent Roles,
    IReadOnlyList<StoredContent> Files, IReadOnlyList<string> FilesLacking,
    double DumpSeconds, ProofQuestion? Question)
{
    internal static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Bytes of everything that belongs to it.</summary>
    public long Bytes => Dump.Bytes + Roles.Bytes + Files.Sum(file => file.Bytes);
}
