using System.Globalization;
using System.Resources;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Features.Audit;

/// <summary>Reads the audit by the number of the entry, newest first or oldest first.</summary>
public sealed class AuditData(PortalDatabase database, TimeProvider clock)
{
    /// <summary>As many as the file holds.</summary>
    public const int FileCap = 50_000;

    /// <summary>Beyond this the page says "more than", and the list ends: a day to begin or end with leads on.</summary>
    public const int CountCap = 10_000;

    private const int OrganisationCap = 2000;

    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>Those that the filter lets through.</summary>
    /// <param name="most">As many at most, after <paramref name="start"/> that are left out.</param>
    public async Task<List<AuditLine>> ListAsync(Domain.Access.Access access, AuditFilter filter, int most, CancellationToken cancel, int start = 0, bool oldestFirst = false)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        var order = oldestFirst ? "ASC" : "DESC";
        return await db.Connection.ListAsync(
            $"""
            SELECT a.id, a.at, a.account_name, coalesce(o.code, ''),
                coalesce((SELECT CASE WHEN $9 THEN coalesce(nullif(n.name_en, ''), n.name_vi) ELSE n.name_vi END FROM organisation_name n WHERE n.organisation_id = o.id
                    ORDER BY n.valid @> $10::date DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), ''),
                a.login, a.act, a.subject, a.details::text
            FROM (SELECT a.* FROM audit a WHERE {Where} ORDER BY a.id {order} OFFSET $11 LIMIT $12) a LEFT JOIN organisation o ON o.id = a.organisation_id ORDER BY a.id {order}
            """,
            row => new AuditLine(row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetString(6),
                row.GetString(7), row.GetString(8)),
            cancel, [.. Values(filter), Shell.Language.Current == "en", Today, start, most]);
    }

    /// <summary>How many the filter lets through; one more than <see cref="CountCap"/> stands for more.</summary>
    public async Task<int> CountAsync(Domain.Access.Access access, AuditFilter filter, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return (int)await db.Connection.ScalarAsync<long>($"SELECT count(*) FROM (SELECT FROM audit a WHERE {Where} LIMIT $9) AS counted", cancel,
            [.. Values(filter), CountCap + 1]);
    }

    /// <summary>Organisations by their name today, to look for.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> OrganisationsAsync(Domain.Access.Access access, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT o.code, n.name FROM organisation o CROSS JOIN LATERAL (SELECT CASE WHEN $1 AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END AS name FROM organisation_name n
                WHERE n.organisation_id = o.id ORDER BY n.valid @> $2::date DESC, lower(n.valid) DESC NULLS LAST LIMIT 1) n ORDER BY portal_fold(n.name), o.code LIMIT $3
            """,
            row => (row.GetString(0), row.GetString(1)), cancel, Shell.Language.Current == "en", Today, OrganisationCap);
    }

    /// <summary>The rows of reference and organisation data that the entry changed.</summary>
    public async Task<List<AuditChange>> ChangesAsync(Domain.Access.Access access, long entry, CancellationToken cancel)
    {
        access.Demand(Capability.Operate);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync("SELECT table_name, act = 'DELETE', before::text, after::text FROM portal_changes_of($1)",
            row => new AuditChange(row.GetString(0), row.GetBoolean(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3)), cancel, entry);
    }

    // Words are looked for as they are written, and in what the act is called.
    private const string Where =
        """
        ($1::bigint IS NULL OR a.id < $1::bigint) AND ($2::timestamptz IS NULL OR a.at >= $2::timestamptz) AND ($3::timestamptz IS NULL OR a.at < $3::timestamptz)
        AND ($4::text IS NULL OR position(lower($4::text) IN lower(a.account_name)) > 0)
        AND ($5::text IS NULL OR a.organisation_id IN (SELECT s.id FROM organisation s WHERE lower(s.code) = lower($5::text)
            UNION SELECT n.organisation_id FROM organisation_name n WHERE position(lower($5::text) IN lower(n.name_vi || ' ' || n.name_en)) > 0))
        AND ($6::text[] IS NULL OR a.act = ANY ($6::text[]))
        AND ($7::text IS NULL OR a.act = ANY ($8::text[]) OR position(lower($7::text) IN lower(a.subject || ' ' || a.account_name || ' ' || a.details::text)) > 0)
        """;

    private static object?[] Values(AuditFilter filter) =>
    [
        filter.Before, Midnight(filter.From), Midnight(filter.To?.AddDays(1)), filter.Account, filter.Organisation,
        filter.Group is { } group ? AuditActs.Of(group) : null, filter.Words, filter.Words is { } words ? Called(words) : Array.Empty<string>(),
    ];

    private static readonly ResourceManager Texts = new(typeof(AuditTexts));

    private static string[] Called(string words) => [.. AuditActs.All.Where(act =>
        Texts.GetString($"Act.{act}", CultureInfo.CurrentUICulture)!.Contains(words, StringComparison.CurrentCultureIgnoreCase))];

    private static DateTimeOffset? Midnight(DateOnly? day) => day is { } known ? new DateTimeOffset(known.ToDateTime(TimeOnly.MinValue), TimeSpan.FromHours(7)).ToUniversalTime() : null;
}
