using Npgsql;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>How the index of one event came about, from the results that the access sees.</summary>
public sealed class EventExplanation(NpgsqlConnection connection, DateOnly today)
{
    private Books? read;

    /// <param name="view">today or day.</param>
    /// <returns>Null where the event is not there, or its medium has no index.</returns>
    public async Task<Explanation?> OfAsync(int site, string medium, string group, int campaign, string view, CancellationToken cancel)
    {
        var period = (await connection.ListAsync(
            "SELECT period_start, period_end FROM site_status WHERE site_id = $1 AND medium = $2 AND data_group = $3 AND campaign_id = $4 AND view = $5",
            row => (First: row.GetFieldValue<DateOnly>(0), Last: row.GetFieldValue<DateOnly>(1)), cancel, site, medium, group, campaign, view)).FirstOrDefault();
        if (period == default)
            return null;
        var (index, judge, parameters) = read ??= new(new(await IndexBookReader.ReadAsync(connection, cancel)), new(await LimitBookReader.ReadAsync(connection, cancel), today),
            (await IntakeBooksReader.BooksAsync(connection, cancel)).Parameters);
        var reviewed = await connection.ListAsync(
            Sql, Read, cancel, site, medium, group, period.Last.AddMonths(-index.Months), period.Last);
        var samples = reviewed.Where(result => result.Past.Campaign == campaign).GroupBy(result => result.Sample)
            .Select(sample => (IReadOnlyDictionary<string, ReportedValue>)sample.Where(result => result.Past.Fraction.Length == 0)
                .DistinctBy(result => result.Past.Parameter).ToDictionary(result => result.Past.Parameter, result => result.Past.Value)).ToList();
        var day = view == "today" ? today : period.First;
        return index.Explain(medium, day, samples, () => reviewed.Select(result => result.Past)
            .Select(past => (Past: past, Limit: judge.SingleValueLimit(day, site, medium, past.Parameter, past.Fraction)))
            .Where(test => test.Limit is not null).Select(test => CcmeTest.Of(test.Past, test.Limit!.Value)), parameters);
    }

    private sealed record Books(EventIndex Index, Judge Judge, ParameterBook Parameters);

    private static (long Sample, PastResult Past) Read(NpgsqlDataReader row) => (row.GetInt64(0), new(
        row.GetInt32(1), row.GetString(2), row.GetString(3), row.GetFieldValue<DateOnly>(4), row.GetFieldValue<DateOnly>(5), AssessmentReader.Value(row, 6)));

    private const string Sql =
        """
        SELECT r.sample_id, r.campaign_id, r.parameter, r.fraction, r.period_start, r.period_end, r.censoring, r.canonical_value
        FROM result r JOIN submission s ON s.id = r.submission_id
        WHERE r.site_id = $1 AND r.medium = $2 AND r.data_group = $3 AND r.period_end > $4 AND r.period_end <= $5 AND r.successor IS NULL AND r.withdrawn IS NULL AND s.state = 'accepted'
        ORDER BY r.id
        """;
}
