using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using QuanTrac.Portal.Data.Cluster;

namespace QuanTrac.Portal.Data.Migrations;

/// <summary>One step of the schema: <c>NNNN_name.sql</c>.</summary>
/// <param name="Number">Its place in the order.</param>
/// <param name="Name">The file's name without folder.</param>
/// <param name="Sql">What it does.</param>
/// <param name="Hash">SHA-256 of the file's bytes, hexadecimal.</param>
public sealed partial record MigrationFile(int Number, string Name, string Sql, string Hash)
{
    /// <summary>All files of a folder in order.</summary>
    /// <exception cref="SetupException">
    /// <see cref="SetupFault.MigrationMisnamed"/>, <see cref="SetupFault.MigrationNumberTwice"/>,
    /// <see cref="SetupFault.MigrationEndsTransaction"/>
    /// </exception>
    public static IReadOnlyList<MigrationFile> ReadAll(string folder)
    {
        var files = Directory.GetFiles(folder, "*.sql").Select(Read).OrderBy(f => f.Number).ThenBy(f => f.Name, StringComparer.Ordinal).ToList();
        foreach (var (first, second) in files.Zip(files.Skip(1)))
        {
            if (first.Number == second.Number)
            {
                throw new SetupException(SetupFault.MigrationNumberTwice, first.Name, second.Name);
            }
        }

        return files;
    }

    private static MigrationFile Read(string path)
    {
        var name = Path.GetFileName(path);
        if (NamePattern().Match(name) is not { Success: true } match)
        {
            throw new SetupException(SetupFault.MigrationMisnamed, name);
        }

        var bytes = File.ReadAllBytes(path);
        var sql = Encoding.UTF8.GetString(bytes);
        // A step that commits by itself could leave half of itself behind.
        return TransactionEnd().IsMatch(sql)
            ? throw new SetupException(SetupFault.MigrationEndsTransaction, name)
            : new MigrationFile(
                int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), name, sql,
                Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [GeneratedRegex("^([0-9]{4})_[a-z0-9_]+\\.sql$")]
    private static partial Regex NamePattern();

    [GeneratedRegex("^\\s*(COMMIT|ROLLBACK)\\b", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex TransactionEnd();
}
