using System.Security.Cryptography;
using System.Text;
using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Backup;

/// <summary>Counts a database through, on one connection and inside its snapshot: every table by rows and content, and every part of the schema by definition.</summary>
public static class DatabaseCount
{
    /// <summary>Makes the connection write every value alike wherever it runs.</summary>
    public static Task PrepareAsync(NpgsqlConnection connection, CancellationToken cancel) => connection.ExecuteAsync(
        """
        SET search_path = pg_catalog; SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
        SET extra_float_digits = 1; SET bytea_output = 'hex'; SET row_security = off
        """, cancel);

    /// <summary>Rows and hash of every table that is ours; a partitioned one as a whole. The hash is the sum of 64 bits of each row's MD5: of use
    /// against loss and accident; against intent there is the signature of the manifest.</summary>
    public static async Task<IReadOnlyDictionary<string, TableCount>> TablesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        // The statement of each table is made by the server, which quotes the names.
        var statements = await connection.ListAsync(TablesSql, row => (Table: row.GetString(0), Count: row.GetString(1)), cancel);
        var counts = new SortedDictionary<string, TableCount>(StringComparer.Ordinal);
        foreach (var (table, count) in statements)
            counts[table] = (await connection.ListAsync(count, row => new TableCount(row.GetInt64(0), row.GetString(1)), cancel))[0];
        return counts;
    }

    /// <summary>Kind to name to the first 16 digits of the SHA-256 of the definition.</summary>
    public static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> PartsAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        (await connection.ListAsync(PartsSql, row => (Kind: row.GetString(0), Name: row.GetString(1), Text: row.GetString(2)), cancel))
            .GroupBy(part => part.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal)
            .ToDictionary(kind => kind.Key, kind => (IReadOnlyDictionary<string, string>)new SortedDictionary<string, string>(
                kind.ToDictionary(part => part.Name, part => Digest(part.Text)), StringComparer.Ordinal));

    /// <summary>The first difference between what a backup says and what is there, the graver kinds first.</summary>
    /// <exception cref="BackupException"><see cref="BackupFault.TableMissing"/>, <see cref="BackupFault.CountDiffers"/>,
    /// <see cref="BackupFault.ContentDiffers"/>, <see cref="BackupFault.PartDiffers"/></exception>
    public static void RequireSame(BackupManifest manifest, IReadOnlyDictionary<string, TableCount> tables,
        IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> parts)
    {
        foreach (var (table, expected) in manifest.Tables)
        {
            if (!tables.TryGetValue(table, out var found))
                throw new BackupException(BackupFault.TableMissing, table);
            if (found.Rows != expected.Rows)
                throw new BackupException(BackupFault.CountDiffers, table, $"{expected.Rows}", $"{found.Rows}");
            if (found.Hash != expected.Hash)
                throw new BackupException(BackupFault.ContentDiffers, table);
        }
        foreach (var (kind, expected) in manifest.Parts)
        {
            var found = parts.GetValueOrDefault(kind) ?? new Dictionary<string, string>();
            if (expected.FirstOrDefault(part => found.GetValueOrDefault(part.Key) != part.Value).Key is { } name)
                throw new BackupException(BackupFault.PartDiffers, kind, name);
        }
    }

    /// <summary>Requires that every constraint has been checked against every row.</summary>
    public static async Task RequireValidatedAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        if ((await connection.ListAsync("SELECT conname::text FROM pg_catalog.pg_constraint WHERE NOT convalidated ORDER BY 1 LIMIT 1",
            row => row.GetString(0), cancel)).FirstOrDefault() is { } name)
            throw new BackupException(BackupFault.ConstraintNotValid, name);
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    // A sum of bigints is a numeric: it does not overflow, and no order is asked of it.
    private const string TablesSql =
        """
        SELECT format('%I.%I', n.nspname, c.relname), format(
            'SELECT count(*), coalesce(sum((''x'' || left(md5(t::text), 16))::bit(64)::bigint), 0)::text FROM %I.%I AS t', n.nspname, c.relname)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema$)'
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
        ORDER BY 1
        """;

    // What an extension brings is the server's; only what is ours is held against the copy.
    private const string PartsSql =
        """
        WITH ours AS (
            SELECT c.*, format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname !~ '^(pg_|information_schema$)'
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e'))
        SELECT 'policies', o.name || ' ' || p.polname, concat_ws(' | ', p.polcmd, p.polpermissive,
            (SELECT string_agg(w.who, ',' ORDER BY w.who) FROM unnest(p.polroles) AS r, LATERAL (SELECT CASE r WHEN 0 THEN 'public' ELSE pg_get_userbyid(r)::text END AS who) AS w),
            pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))
        FROM pg_policy p JOIN ours o ON o.oid = p.polrelid
        UNION ALL
        SELECT 'row security', o.name, concat(o.relrowsecurity, o.relforcerowsecurity) FROM ours o WHERE o.relkind IN ('r', 'p')
        UNION ALL
        SELECT 'constraints', o.name || ' ' || k.conname, concat_ws(' | ', pg_get_constraintdef(k.oid), k.convalidated) FROM pg_constraint k JOIN ours o ON o.oid = k.conrelid
        UNION ALL
        SELECT 'triggers', o.name || ' ' || t.tgname, concat_ws(' | ', pg_get_triggerdef(t.oid), t.tgenabled) FROM pg_trigger t JOIN ours o ON o.oid = t.tgrelid WHERE NOT t.tgisinternal
        UNION ALL
        SELECT 'partitions', o.name, concat_ws(' | ', i.inhparent::regclass, pg_get_expr(o.relpartbound, o.oid)) FROM ours o JOIN pg_inherits i ON i.inhrelid = o.oid WHERE o.relkind IN ('r', 'p')
        UNION ALL
        SELECT 'indexes', o.name, pg_get_indexdef(o.oid) FROM ours o WHERE o.relkind IN ('i', 'I')
        UNION ALL
        SELECT 'columns', o.name || ' ' || a.attname, concat_ws(' | ', format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
            (SELECT pg_get_expr(d.adbin, d.adrelid) FROM pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum))
        FROM pg_attribute a JOIN ours o ON o.oid = a.attrelid WHERE o.relkind IN ('r', 'p', 'v') AND a.attnum > 0 AND NOT a.attisdropped
        UNION ALL
        SELECT 'grants', concat_ws(' ', g.name, g.attname), string_agg(g.who || ' ' || g.privilege_type, ',' ORDER BY g.who, g.privilege_type)
        FROM (
            SELECT o.name, NULL AS attname, CASE WHEN x.grantee = 0 THEN 'public' ELSE pg_get_userbyid(x.grantee)::text END AS who, x.privilege_type, x.grantee <> o.relowner AS given
            FROM ours o, aclexplode(o.relacl) AS x
            UNION ALL
            SELECT o.name, a.attname, CASE WHEN x.grantee = 0 THEN 'public' ELSE pg_get_userbyid(x.grantee)::text END, x.privilege_type, true
            FROM ours o JOIN pg_attribute a ON a.attrelid = o.oid, aclexplode(a.attacl) AS x) AS g
        WHERE g.given GROUP BY g.name, g.attname
        UNION ALL
        SELECT 'functions', p.oid::regprocedure::text, concat_ws(' | ', pg_get_functiondef(p.oid),
            (SELECT string_agg(w.who, ',' ORDER BY w.who) FROM aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS x,
                LATERAL (SELECT CASE WHEN x.grantee = 0 THEN 'public' ELSE pg_get_userbyid(x.grantee)::text END AS who) AS w))
        FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname !~ '^(pg_|information_schema$)' AND p.prokind IN ('f', 'p')
            AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e')
        ORDER BY 1, 2
        """;
}
