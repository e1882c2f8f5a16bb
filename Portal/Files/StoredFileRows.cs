using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Files;

/// <summary>The rows of <c>stored_file</c>.</summary>
public static class StoredFileRows
{
    /// <summary>Writes the row of a file, in the transaction of what names it; content that is there already keeps its row.</summary>
    public static Task WriteAsync(this TakenFile file, NpgsqlConnection connection, Domain.Access.Access by, CancellationToken cancel) => connection.ExecuteAsync(
        "INSERT INTO stored_file (sha256, bytes, name, account_id) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING", cancel, file.Sha256, file.Bytes, file.Name, by.AccountId);
}
