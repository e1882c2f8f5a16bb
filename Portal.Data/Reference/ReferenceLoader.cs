using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>What the loader did.</summary>
/// <param name="Unchanged">The seed is the one that was loaded last; nothing was done.</param>
/// <param name="Clashes">Rows of the seed that a local row contradicts, as "table: key": reported, not resolved.</param>
public sealed record ReferenceLoad(bool Unchanged, IReadOnlyList<string> Clashes);

/// <summary>Writes the seed into the database as the owner: all or nothing, harmless when run twice, never a local row changed.</summary>
public static class ReferenceLoader
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <param name="root">The folder <c>seed/</c>.</param>
    /// <exception cref="ReferenceFaultException">The seed has faults; nothing is written.</exception>
    public static async Task<ReferenceLoad> LoadAsync(string ownerConnectionString, string root, CancellationToken cancel)
    {
        var data = ReferenceFiles.Load(root);
        var hash = HashOf(root);
        await using var connection = new NpgsqlConnection(ownerConnectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await connection.ExecuteAsync("LOCK TABLE reference_load IN EXCLUSIVE MODE", cancel);
        if (await connection.ScalarAsync<string>("SELECT hash FROM reference_load ORDER BY loaded_at DESC LIMIT 1", cancel) == hash)
            return new(true, []);

        var clashes = new List<string>();
        foreach (var table in ReferenceTables.WithoutIds(data))
            await WriteAsync(connection, table, clashes, cancel);
        var ids = new ReferenceIds(
            await IdsAsync(connection, "SELECT code, id FROM organisation", cancel), new Dictionary<string, int>(), new Dictionary<string, int>());
        foreach (var table in ReferenceTables.OfOrganisations(data, ids))
            await WriteAsync(connection, table, clashes, cancel);
        ids = ids with
        {
            Sites = await IdsAsync(connection, "SELECT code, id FROM site", cancel),
            Programmes = await IdsAsync(connection, "SELECT code, id FROM programme", cancel),
        };
        foreach (var table in ReferenceTables.OfSites(data, ids))
            await WriteAsync(connection, table, clashes, cancel);

        await connection.ExecuteAsync("INSERT INTO reference_load (hash) VALUES ($1)", cancel, hash);
        await transaction.CommitAsync(cancel);
        return new(false, clashes);
    }

    private static async Task WriteAsync(NpgsqlConnection connection, ReferenceTable table, List<string> clashes, CancellationToken cancel)
    {
        var rows = JsonSerializer.SerializeToNode(table.Rows, Json)!.AsArray();
        if (rows.Count == 0)
            return;
        var columns = ((JsonObject)rows[0]!).Select(property => property.Key).ToArray();
        var sql = new ReferenceSql(table.Name, table.Key, columns, columns.Contains("valid") && table.Dated, table.Owned);
        NpgsqlParameter Values() => new() { Value = rows.ToJsonString(), NpgsqlDbType = NpgsqlDbType.Jsonb };

        foreach (var clash in await connection.ListAsync(sql.Clashes, row => row.GetString(0), cancel, Values()))
            clashes.Add($"{table.Name}: {clash}");
        await connection.ExecuteAsync(sql.Update, cancel, Values());
        if (sql.Delete is { } delete)
            await connection.ExecuteAsync(delete, cancel, Values());
        await connection.ExecuteAsync(sql.Insert, cancel, Values());
    }

    private static async Task<IReadOnlyDictionary<string, int>> IdsAsync(NpgsqlConnection connection, string sql, CancellationToken cancel) =>
        (await connection.ListAsync(sql, row => (Code: row.GetString(0), Id: row.GetInt32(1)), cancel)).ToDictionary(row => row.Code, row => row.Id);

    // The base map and the demo data are no reference data.
    private static string HashOf(string root)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var relative = Path.GetRelativePath(root, path);
            if (relative.StartsWith("demo", StringComparison.Ordinal) || relative.StartsWith("basemap", StringComparison.Ordinal))
                continue;
            hash.AppendData(Encoding.UTF8.GetBytes(relative));
            hash.AppendData(File.ReadAllBytes(path));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
