using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Authority;

/// <summary>A document on which a token may stand.</summary>
public sealed record TokenAuthority(int Id, string Number, string Purpose, DateOnly? To);

/// <summary>Reads the register of what allows somebody in, and which connections of this installation it covers.</summary>
public sealed class AuthorityData(PortalDatabase database, TimeProvider clock)
{
    private const int Cap = 500;

    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>Those that wait for their document first, then those that hold, the newest first.</summary>
    public async Task<IReadOnlyList<AuthorityLine>> ListAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            """
            SELECT u.id, u.kind, u.connection, u.document_number, u.document_date, u.issuer, u.file_sha256 IS NOT NULL, u.from_day, u.to_day, u.person, u.body, u.purpose, u.recorded_by,
                u.recorded_at, u.ended_at, u.ended_by, u.ended_reason,
                coalesce((SELECT string_agg(t.name, ', ' ORDER BY t.id) FROM api_token t WHERE t.authority_id = u.id AND t.revoked_at IS NULL), '')
            FROM authority u ORDER BY u.document_number <> '' OR u.ended_at IS NOT NULL, NOT portal_authority_holds(u.id), u.id DESC LIMIT $1
            """, Read, cancel, Cap);
    }

    /// <summary>Each connection that is set, and the document that allows it today.</summary>
    public async Task<IReadOnlyList<ConnectionLine>> ConnectionsAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var system = await database.OpenSystemAsync(cancel);
        var covered = (await system.ListAsync(
            "SELECT DISTINCT ON (connection) connection, document_number FROM authority WHERE kind = 'connection' AND portal_authority_holds(id) ORDER BY connection, to_day DESC NULLS FIRST, id DESC",
            row => (row.GetString(0), row.GetString(1)), cancel)).ToDictionary(row => row.Item1, row => row.Item2);
        return [.. Connections.Set(Environment.GetEnvironmentVariable).Select(set => new ConnectionLine(set.Code, set.Where, covered.GetValueOrDefault(set.Code)))];
    }

    /// <summary>Those on which a token may stand today.</summary>
    public async Task<IReadOnlyList<TokenAuthority>> ForTokensAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        return await system.ListAsync(
            "SELECT id, document_number, purpose, to_day FROM authority WHERE (kind = 'token' OR (kind = 'connection' AND connection = 'data-sharing')) AND portal_authority_holds(id) ORDER BY id DESC LIMIT $1",
            row => new TokenAuthority(row.GetInt32(0), row.GetString(1), row.GetString(2), Day(row, 3)), cancel, Cap);
    }

    /// <summary>How many upgrades still wait for their document, and how many connections have none.</summary>
    public async Task<int> OwedAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var system = await database.OpenSystemAsync(cancel);
        var waiting = await system.ScalarAsync<long>("SELECT count(*) FROM authority WHERE document_number = '' AND ended_at IS NULL", cancel);
        return (int)waiting + (await ConnectionsAsync(access, cancel)).Count(line => line.Covered is null);
    }

    private static AuthorityLine Read(NpgsqlDataReader row) => new(
        row.GetInt32(0), Enum.Parse<AuthorityKind>(row.GetString(1), true), row.GetString(2), row.GetString(3), Day(row, 4), row.GetString(5), row.GetBoolean(6),
        row.GetFieldValue<DateOnly>(7), Day(row, 8), row.GetString(9), row.GetString(10), row.GetString(11), row.GetString(12), row.GetFieldValue<DateTimeOffset>(13),
        row.IsDBNull(14) ? null : row.GetFieldValue<DateTimeOffset>(14), row.GetString(15), row.GetString(16), row.GetString(17));

    private static DateOnly? Day(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);
}
