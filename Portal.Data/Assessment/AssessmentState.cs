using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>By which engine and reference data the findings that stand were made.</summary>
public static class AssessmentState
{
    /// <summary>Whether findings stand that an older engine or older reference data made.</summary>
    public static Task<bool> IsDueAsync(NpgsqlConnection connection, CancellationToken cancel) => connection.ScalarAsync<bool>(
        """
        SELECT EXISTS (SELECT FROM finding) AND NOT EXISTS (
            SELECT FROM assessment_state WHERE engine = $1 AND reference_hash = (SELECT hash FROM reference_load ORDER BY loaded_at DESC LIMIT 1))
        """, cancel, Engine.Version);

    /// <summary>By what everything would be judged now: engine and reference data in one text.</summary>
    public static async Task<string> BasisAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        $"{Engine.Version} {await connection.ScalarAsync<string>("SELECT hash FROM reference_load ORDER BY loaded_at DESC LIMIT 1", cancel)}";

    /// <summary>Says so of the engine and the reference data of now, where nothing stands yet: what comes is made by them.</summary>
    public static Task BeginAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ExecuteAsync(Write + " WHERE NOT EXISTS (SELECT FROM finding)" + Update, cancel, Engine.Version);

    /// <summary>Says so after everything was judged anew.</summary>
    public static Task MarkAsync(NpgsqlConnection connection, CancellationToken cancel) => connection.ExecuteAsync(Write + Update, cancel, Engine.Version);

    private const string Write =
        """
        INSERT INTO assessment_state (engine, reference_hash)
        SELECT $1, coalesce((SELECT hash FROM reference_load ORDER BY loaded_at DESC LIMIT 1), '')
        """;

    private const string Update =
        """

        ON CONFLICT (only_row) DO UPDATE SET engine = excluded.engine, reference_hash = excluded.reference_hash, assessed_at = now()
        """;
}
