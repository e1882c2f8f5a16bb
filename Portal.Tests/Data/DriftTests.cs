using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using QuanTrac.Portal.Data.Accounts;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Data;

/// <summary>The schema lives in the migrations, the mapping in C#: here the two are held against each other.</summary>
public sealed class DriftTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task PortalDb_EveryEntity_IsMappedAsTheTableIs()
    {
        await using var connection = await database.OpenAsync(DatabaseRole.Owner);
        await using var db = new PortalDb(connection);
        await AssertMappedAsync(db, connection);
    }

    [Fact]
    public async Task SystemDb_EveryEntity_IsMappedAsTheTableIs()
    {
        await using var connection = await database.OpenAsync(DatabaseRole.Owner);
        await using var db = new SystemDb(new DbContextOptionsBuilder<SystemDb>().UseNpgsql(connection).Options);
        await AssertMappedAsync(db, connection);
    }

    private static async Task AssertMappedAsync(DbContext db, NpgsqlConnection connection)
    {
        Assert.NotEmpty(db.Model.GetEntityTypes());
        var drift = new List<string>();
        foreach (var entity in db.Model.GetEntityTypes())
        {
            var columns = await ColumnsAsync(connection, entity.GetTableName()!);
            drift.AddRange(entity.GetProperties().SelectMany(property => Differences(entity.GetTableName()!, property, columns)));
            var key = entity.FindPrimaryKey()!.Properties.Select(property => property.GetColumnName()).Order(StringComparer.Ordinal);
            if (!(await KeysAsync(connection, entity.GetTableName()!)).Contains(string.Join(' ', key)))
                drift.Add($"{entity.GetTableName()}: {string.Join(' ', key)} is no key.");
        }
        Assert.Empty(drift);
    }

    private static IEnumerable<string> Differences(string table, IProperty property, Dictionary<string, (string Type, bool Nullable)> columns)
    {
        if (!columns.TryGetValue(property.GetColumnName(), out var column))
            yield return $"{table}.{property.GetColumnName()} is not there.";
        else if (property.GetColumnType() != column.Type || property.IsNullable != column.Nullable)
            yield return $"{table}.{property.GetColumnName()}: {property.GetColumnType()} {property.IsNullable}, in the database {column.Type} {column.Nullable}.";
    }

    private static async Task<Dictionary<string, (string Type, bool Nullable)>> ColumnsAsync(NpgsqlConnection connection, string table) =>
        (await connection.ListAsync(
            "SELECT attname::text, format_type(atttypid, atttypmod), NOT attnotnull FROM pg_attribute WHERE attrelid = to_regclass($1) AND NOT attisdropped",
            row => (Name: row.GetString(0), Type: row.GetString(1), Nullable: row.GetBoolean(2)), default, table))
        .ToDictionary(row => row.Name, row => (row.Type, row.Nullable));

    // A key, or days of one thing that do not overlap: two rows with the same days would.
    private static async Task<List<string>> KeysAsync(NpgsqlConnection connection, string table) => await connection.ListAsync(
        """
        SELECT (SELECT string_agg(attname, ' ' ORDER BY attname COLLATE "C") FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY (conkey))
        FROM pg_constraint WHERE conrelid = to_regclass($1) AND contype IN ('p', 'u', 'x')
        """, row => row.GetString(0), default, table);
}
