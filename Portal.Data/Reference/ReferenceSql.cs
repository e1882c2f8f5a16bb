namespace QuanTrac.Portal.Data.Reference;

/// <summary>The statements that write one table of the seed. $1 is its rows as JSON, read by the table's own row type.</summary>
/// <param name="key">What makes a row the same row; a dated table adds its days.</param>
/// <param name="columns">All columns that the seed gives.</param>
/// <param name="owned">Nothing names the rows.</param>
/// <remarks>Names of tables and columns are our own constants; values travel in $1.</remarks>
internal sealed class ReferenceSql(string table, string[] key, string[] columns, bool dated, bool owned)
{
    private readonly string same = string.Join(" AND ", (dated ? [.. key, "valid"] : key).Select(column => $"t.{column} = r.{column}"));
    private readonly string sameKey = string.Join(" AND ", key.Select(column => $"t.{column} = r.{column}"));
    private readonly string list = string.Join(", ", columns);

    /// <summary>Rows that a local row contradicts.</summary>
    public string Clashes =>
        $"""
        SELECT concat_ws(' ', {string.Join(", ", key.Select(column => $"r.{column}"))})
        FROM {Rows} JOIN {table} AS t ON {sameKey}{(dated ? " AND t.valid && r.valid" : "")}
        WHERE t.origin <> 'seed'
        """;

    /// <summary>Rows of the seed that changed.</summary>
    public string Update =>
        $"""
        UPDATE {table} AS t SET ({list}, origin) = ROW({Of("r")}, 'seed') FROM {Rows}
        WHERE {same} AND t.origin = 'seed' AND ({Of("t")}) IS DISTINCT FROM ({Of("r")})
        """;

    /// <summary>Dated or owned rows that the seed no longer has. Another keyed row stays: others may name it.</summary>
    public string? Delete => dated || owned
        ? $"DELETE FROM {table} AS t WHERE t.origin = 'seed' AND NOT EXISTS (SELECT FROM {Rows} WHERE {same})"
        : null;

    /// <summary>Rows that are new and that no local row contradicts.</summary>
    public string Insert =>
        $"""
        INSERT INTO {table} ({list}, origin) SELECT {Of("r")}, 'seed' FROM {Rows}
        WHERE NOT EXISTS (SELECT FROM {table} AS t WHERE {sameKey}{(dated ? " AND t.valid && r.valid" : "")})
        """;

    private string Rows => $"jsonb_populate_recordset(NULL::{table}, $1) AS r";

    private string Of(string alias) => string.Join(", ", columns.Select(column => $"{alias}.{column}"));
}
