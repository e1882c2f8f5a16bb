using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>What has a history: the campaigns of one site, medium and data group.</summary>
internal readonly record struct Series(int Site, string Medium, string DataGroup);

/// <summary>A site, medium, data group and campaign: what has a status.</summary>
internal readonly record struct Event(Series Series, int Campaign);

/// <summary>A result as read for judging.</summary>
/// <param name="Accepted">Reviewed.</param>
/// <param name="Released">Its campaign is open to guests.</param>
/// <param name="Concluded">Its inspection is.</param>
internal readonly record struct StoredResult(long Id, long SampleId, Event Event, ResultToJudge ToJudge, bool Accepted, bool Released, bool Concluded)
{
    /// <summary>Whether it is among what a status rests on.</summary>
    public bool IsIn(string restsOn) => restsOn == RestsOn.All || (Accepted && (restsOn == RestsOn.Released ? Released : Concluded));
}

/// <summary>A reviewed result that means and indices look back at.</summary>
internal readonly record struct StoredPast(Series Series, PastResult Result, bool Released, bool Concluded);

/// <summary>Reads the results of the temporary table <c>event</c>, and what went before them.</summary>
public static class AssessmentReader
{
    internal static Task<List<StoredResult>> ResultsAsync(NpgsqlConnection connection, CancellationToken cancel) => connection.ListAsync(
        $"""
        SELECT r.id, r.sample_id, r.site_id, r.medium, r.data_group, r.campaign_id, r.period_start, r.period_end, r.parameter, r.fraction,
               r.censoring, r.canonical_value, r.type, s.state = 'accepted', {Open}
        FROM event e
        JOIN result r USING (site_id, medium, data_group, campaign_id)
        JOIN submission s ON s.id = r.submission_id
        JOIN campaign c ON c.id = r.campaign_id
        WHERE r.successor IS NULL AND r.withdrawn IS NULL
        """,
        row => new StoredResult(
            row.GetInt64(0), row.GetInt64(1), new(new(row.GetInt32(2), row.GetString(3), row.GetString(4)), row.GetInt32(5)),
            new(row.GetInt32(2), row.GetString(3), row.GetString(8), row.GetString(9), row.GetFieldValue<DateOnly>(6), row.GetFieldValue<DateOnly>(7),
                Value(row, 10), row.GetString(12)),
            row.GetBoolean(13), row.GetBoolean(14), row.GetBoolean(15)), cancel);

    /// <summary>The reviewed results of each series that the means and indices of its events look at: the months that end with them, and the year they lie in.</summary>
    internal static Task<List<StoredPast>> PastAsync(NpgsqlConnection connection, int months, CancellationToken cancel) => connection.ListAsync(
            $"""
            SELECT r.site_id, r.medium, r.data_group, r.campaign_id, r.parameter, r.fraction, r.period_start, r.period_end, r.censoring, r.canonical_value, {Open}
            FROM (SELECT site_id, medium, data_group, max(period_end) AS until,
                      least(min(period_end) - make_interval(months => $1), date_trunc('year', min(period_start)))::date AS since
                  FROM event GROUP BY site_id, medium, data_group) AS series
            JOIN result r ON r.site_id = series.site_id AND r.medium = series.medium AND r.data_group = series.data_group
                AND r.period_end >= series.since AND r.period_start <= series.until
            JOIN submission s ON s.id = r.submission_id
            JOIN campaign c ON c.id = r.campaign_id
            WHERE r.successor IS NULL AND r.withdrawn IS NULL AND s.state = 'accepted'
            """,
            row => new StoredPast(
                new(row.GetInt32(0), row.GetString(1), row.GetString(2)),
                new(row.GetInt32(3), row.GetString(4), row.GetString(5), row.GetFieldValue<DateOnly>(6), row.GetFieldValue<DateOnly>(7), Value(row, 8)),
                row.GetBoolean(10), row.GetBoolean(11)), cancel, months);

    /// <summary>The histories as far as the readers of a status see them.</summary>
    internal static Dictionary<Series, SeriesHistory> Histories(IReadOnlyList<StoredPast> past, string restsOn) => past
        .Where(row => restsOn == RestsOn.All || (restsOn == RestsOn.Released ? row.Released : row.Concluded))
        .GroupBy(row => row.Series).ToDictionary(series => series.Key, series => new SeriesHistory(series.Select(row => row.Result)));

    // Two columns: whether the campaign is open to guests, and whether it is an inspection that is concluded. As the policies of campaign say.
    private const string Open =
        """
        r.data_group <> 'd' AND c.inspection_id IS NULL AND c.released_at IS NOT NULL,
        r.data_group = 'd' AND (c.inspection_id IS NULL OR coalesce(c.concluded_on <= portal_today(), false))
        """;

    /// <summary>Two columns: "<", ">" or nothing, and the number.</summary>
    public static ReportedValue Value(NpgsqlDataReader row, int at) =>
        new(row.GetDecimal(at + 1), row.GetString(at) switch { "<" => Censoring.Below, ">" => Censoring.Above, _ => Censoring.None });
}
