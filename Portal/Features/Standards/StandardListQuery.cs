using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>The standards under a filter, those in force on its day first.</summary>
public sealed class StandardListQuery(NpgsqlConnection connection, bool vietnamese, DateOnly today)
{
    public async Task<StandardList> RunAsync(StandardFilter filter, CancellationToken cancel)
    {
        var day = filter.Day ?? today;
        var hits = filter.Words is null ? [] : await connection.ListAsync(HitsSql, Hit, cancel, filter.Words, day, vietnamese);
        var byStandard = hits.ToLookup(hit => hit.Standard, hit => hit.Hit);
        var lines = await connection.ListAsync(LinesSql, row => Line(row, day, byStandard), cancel, filter.Medium, filter.Words);
        return new(
            lines.OrderBy(line => line.State).ThenBy(line => line.Papers.Code, StringComparer.Ordinal).ToList(),
            await connection.ScalarAsync<int>("SELECT count(*)::int FROM standard", cancel),
            await connection.ListAsync("SELECT code FROM medium WHERE code IN (SELECT unnest(media) FROM standard) ORDER BY sort, code", row => row.GetString(0), cancel));
    }

    private static StandardLine Line(NpgsqlDataReader row, DateOnly day, ILookup<string, LimitHit> hits)
    {
        const int after = StandardRows.PapersWidth;
        var papers = StandardRows.Papers(row);
        return new(papers, papers.StateOn(day), row.GetInt32(after), row.GetInt32(after + 1), row.GetInt32(after + 2), papers.OpenQuestions.Count, hits[papers.Code].ToList());
    }

    private static (string Standard, LimitHit Hit) Hit(NpgsqlDataReader row) => (row.GetString(0), new(
        row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), Averaging.Find(row.GetString(5)) ?? Averaging.Single,
        StandardRows.Value(row, 6, StandardRows.Unit(row, 9)), row.GetString(14)));

    private const string LinesSql =
        "SELECT " + StandardRows.PapersColumns +
        """
        ,
            (SELECT count(*)::int FROM standard_limit l WHERE l.standard = s.code),
            (SELECT count(*)::int FROM standard_limit l WHERE l.standard = s.code AND l.confidence = 'low'),
            (SELECT count(DISTINCT i.scale)::int FROM index_step i WHERE i.standard = s.code)
        FROM standard s
        WHERE ($1::text IS NULL OR $1 = ANY (s.media))
          AND ($2::text IS NULL
            OR strpos(portal_fold(concat_ws(' ', s.code, s.title_vi, s.title_en)), portal_fold($2)) > 0
            OR EXISTS (
                SELECT FROM parameter p
                WHERE strpos(portal_fold(concat_ws(' ', p.code, p.name_vi, p.name_en)), portal_fold($2)) > 0
                  AND (EXISTS (SELECT FROM standard_limit l WHERE l.standard = s.code AND l.parameter = p.code)
                    OR EXISTS (SELECT FROM index_step i WHERE i.standard = s.code AND i.scale = p.code))))
        ORDER BY s.code
        LIMIT 500
        """;

    // Of a standard that is not in force on the day, the rows of its nearest day.
    private const string HitsSql =
        """
        SELECT l.standard, p.code, CASE WHEN $3 THEN p.name_vi ELSE p.name_en END, c.code, CASE WHEN $3 THEN c.name_vi ELSE c.name_en END,
            l.averaging, l.kind, l.lower, l.upper, u.code, u.quantity, u.factor, u.name_vi, u.name_en, l.note
        FROM standard_limit l
        JOIN standard s ON s.code = l.standard
        JOIN standard_column c ON c.standard = l.standard AND c.code = l.column_code
        JOIN parameter p ON p.code = l.parameter
        JOIN unit u ON u.code = l.unit
        WHERE strpos(portal_fold(concat_ws(' ', p.code, p.name_vi, p.name_en)), portal_fold($1)) > 0
          AND l.valid @> least(greatest($2, lower(s.valid)), upper(s.valid) - 1)
        ORDER BY p.sort, l.id
        LIMIT 2000
        """;
}
