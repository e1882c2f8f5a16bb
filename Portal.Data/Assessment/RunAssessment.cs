using Npgsql;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Assessment.Indices;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>How many results of a parameter have another verdict, or the same by another standard.</summary>
/// <param name="View">today or day.</param>
/// <param name="StandardBefore">Empty where none applied.</param>
public sealed record VerdictChange(string View, string StandardBefore, string Standard, string Parameter, string Before, string After, int Results)
{
    /// <summary>What exceeded no longer does, what had a limit has none, or what could not be judged passes.</summary>
    public bool IsLooser => Before != After && (Before == "exceeds" || After == "no limit" || (Before != "no limit" && After == "within"));
}

/// <summary>Judges the results of events (site, medium, data group, campaign) anew and writes their findings and statuses,
/// inside the transaction of the caller. The same path for new results and for a changed standard.</summary>
public sealed class RunAssessment(NpgsqlConnection connection, DateOnly today)
{
    // Results in memory at a time: about 150 bytes each, three findings each.
    private const int EventsAtOnce = 2_000;

    private static readonly string[] Everybody = [RestsOn.All, RestsOn.Released, RestsOn.Concluded];

    private bool compares;

    /// <summary>The events that a submission touches. With reviewed results, the events after them too, for all readers: their means and indices look back.</summary>
    public async Task<int> OfSubmissionAsync(int submission, CancellationToken cancel)
    {
        var accepted = await connection.ScalarAsync<bool>("SELECT state = 'accepted' FROM submission WHERE id = $1", cancel, submission);
        return await RunAsync(
            """
            INSERT INTO assessed
            SELECT DISTINCT r.site_id, r.medium, r.data_group, r.campaign_id, c.period_start, c.period_end
            FROM result r JOIN campaign c ON c.id = r.campaign_id WHERE r.submission_id = $1
            """, later: accepted, accepted ? Everybody : [RestsOn.All], submission, cancel);
    }

    /// <summary>The events of a campaign: when its standard changed.</summary>
    public Task<int> OfCampaignAsync(int campaign, CancellationToken cancel) => RunAsync(OfCampaign, later: false, Everybody, campaign, cancel);

    /// <summary>What guests see of a campaign and after it: when it was released, or its release taken back.</summary>
    public Task<int> OfReleaseAsync(int campaign, CancellationToken cancel) => RunAsync(OfCampaign, later: true, [RestsOn.Released], campaign, cancel);

    /// <summary>The events whose results that guests, or those whom an inspection concerns, may see are others than those they were judged on: the day of a conclusion came, an
    /// upgrade or a restore brought it, or what was reviewed stands again because the same was withdrawn elsewhere.</summary>
    public Task<int> OfOpenedAsync(CancellationToken cancel) => RunAsync(
        """
        INSERT INTO assessed
        SELECT site_id, medium, data_group, campaign_id, c.period_start, c.period_end
        FROM (SELECT site_id, medium, data_group, campaign_id, results FROM site_status WHERE view = 'today' AND rests_on <> 'all') AS judged
        FULL JOIN (
            SELECT r.site_id, r.medium, r.data_group, r.campaign_id, count(*) AS results
            FROM result r JOIN submission s ON s.id = r.submission_id JOIN campaign c ON c.id = r.campaign_id
            WHERE r.successor IS NULL AND r.withdrawn IS NULL AND s.state = 'accepted' AND CASE WHEN r.data_group = 'd'
                THEN c.inspection_id IS NULL OR c.concluded_on <= portal_today() ELSE c.inspection_id IS NULL AND c.released_at IS NOT NULL END
            GROUP BY 1, 2, 3, 4) AS open USING (site_id, medium, data_group, campaign_id)
        JOIN campaign c ON c.id = campaign_id
        WHERE judged.results IS DISTINCT FROM open.results
        """, later: true, [RestsOn.Released, RestsOn.Concluded], null, cancel);

    /// <summary>Every event: when standards or the engine changed. Says what changes; with the transaction rolled back it is a trial.</summary>
    public async Task<IReadOnlyList<VerdictChange>> OfEverythingAsync(CancellationToken cancel)
    {
        await connection.ExecuteAsync(
            "CREATE TEMP TABLE change (view text, standard_before text, standard text, parameter text, before text, after text, results int) ON COMMIT DROP", cancel);
        compares = true;
        await RunAsync(
            """
            INSERT INTO assessed
            SELECT DISTINCT s.site_id, s.medium, s.data_group, s.campaign_id, c.period_start, c.period_end
            FROM sample s JOIN campaign c ON c.id = s.campaign_id
            """, later: false, Everybody, null, cancel);
        await AssessmentState.MarkAsync(connection, cancel);
        return await connection.ListAsync(
            """
            SELECT view, coalesce(standard_before, ''), coalesce(standard, ''), parameter, before, after, sum(results)::int FROM change
            GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 3, 4, 5, 6
            """,
            row => new VerdictChange(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt32(6)), cancel);
    }

    private async Task<int> RunAsync(string events, bool later, string[] readers, int? id, CancellationToken cancel)
    {
        // A re-assessment that reads before an acceptance and replaces after it would leave the new results without a verdict.
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock($1)", cancel, StoreResults.WritersLock);
        await connection.ExecuteAsync(
            """
            CREATE TEMP TABLE IF NOT EXISTS assessed (site_id int, medium text, data_group text, campaign_id int, period_start date, period_end date) ON COMMIT DROP;
            CREATE TEMP TABLE IF NOT EXISTS event (LIKE assessed) ON COMMIT DROP;
            CREATE TEMP TABLE IF NOT EXISTS new_finding (LIKE finding) ON COMMIT DROP;
            CREATE TEMP TABLE IF NOT EXISTS new_status (LIKE site_status) ON COMMIT DROP;
            TRUNCATE assessed;
            SET LOCAL quantrac.judging = 'on';
            """, cancel);
        await connection.ExecuteAsync(events, cancel, id is { } one ? [one] : []);
        // Unknown tables are taken for small: later events were looked for one by one.
        await connection.ExecuteAsync("ANALYZE assessed", cancel);
        var index = new EventIndex(await IndexBookReader.ReadAsync(connection, cancel));
        if (later)
            await connection.ExecuteAsync(LaterEvents, cancel, index.Months);
        var judge = new Judge(await LimitBookReader.ReadAsync(connection, cancel), today);
        var (judged, chunk) = (0, 0);
        while (await NextChunkAsync(chunk++, cancel) > 0)
            judged += await JudgeChunkAsync(judge, index, readers, cancel);
        await connection.ExecuteAsync("SET LOCAL quantrac.judging = ''", cancel);
        await connection.ExecuteAsync("UPDATE data_version SET version = version + 1", cancel);
        return judged;
    }

    // In the order of the series, so that its history is read once.
    private async Task<int> NextChunkAsync(int chunk, CancellationToken cancel)
    {
        await connection.ExecuteAsync("TRUNCATE event, new_finding, new_status", cancel);
        var events = await connection.ExecuteAsync(
            "INSERT INTO event SELECT * FROM assessed ORDER BY site_id, medium, data_group, campaign_id LIMIT $1 OFFSET $2",
            cancel, EventsAtOnce, chunk * EventsAtOnce);
        await connection.ExecuteAsync("ANALYZE event", cancel);
        return events;
    }

    private async Task<int> JudgeChunkAsync(Judge judge, EventIndex index, string[] readers, CancellationToken cancel)
    {
        var results = await AssessmentReader.ResultsAsync(connection, cancel);
        var past = await AssessmentReader.PastAsync(connection, index.Months, cancel);
        var tallies = readers.Select(of => new StatusTally(judge, index, of, AssessmentReader.Histories(past, of), today)).ToList();
        await using (var copy = await FindingCopy.BeginAsync(connection, cancel))
        {
            foreach (var result in results)
            {
                foreach (var tally in tallies.Where(tally => result.IsIn(tally.RestsOn)))
                    await JudgeAsync(judge, result, tally, copy, cancel);
            }
            await copy.CompleteAsync(cancel);
        }
        await StatusCopy.WriteAsync(connection, tallies.SelectMany(tally => tally.All()), cancel);
        if (compares)
            await connection.ExecuteAsync(Compare, cancel);
        foreach (var step in Replace)
            await connection.ExecuteAsync(step, cancel, (object)readers);
        return results.Count;
    }

    private static async Task JudgeAsync(Judge judge, StoredResult result, StatusTally tally, FindingCopy copy, CancellationToken cancel)
    {
        foreach (var finding in judge.ByToday(result.ToJudge, tally.HistoryOf(result)))
            await WriteAsync("today", finding);
        foreach (var finding in judge.ByPeriod(result.ToJudge, tally.HistoryOf(result)))
            await WriteAsync("day", finding);

        Task WriteAsync(string view, FindingOfResult finding)
        {
            tally.Add(result, view, finding);
            // What looks at no mean is the same for guests.
            return tally.RestsOn == RestsOn.Released && finding.Mean is null ? Task.CompletedTask : copy.WriteAsync(result, view, tally.RestsOn, finding, cancel);
        }
    }

    private const string OfCampaign =
        """
        INSERT INTO assessed
        SELECT DISTINCT s.site_id, s.medium, s.data_group, s.campaign_id, c.period_start, c.period_end
        FROM sample s JOIN campaign c ON c.id = s.campaign_id WHERE s.campaign_id = $1
        """;

    private const string LaterEvents =
        """
        INSERT INTO assessed
        SELECT DISTINCT st.site_id, st.medium, st.data_group, st.campaign_id, c.period_start, c.period_end
        FROM site_status st
        JOIN campaign c ON c.id = st.campaign_id
        JOIN assessed e ON e.site_id = st.site_id AND e.medium = st.medium AND e.data_group = st.data_group
            AND c.period_end > e.period_end AND c.period_start < e.period_end + make_interval(months => greatest($1, 12))
        WHERE NOT EXISTS (SELECT FROM assessed same WHERE same.site_id = st.site_id AND same.medium = st.medium AND same.data_group = st.data_group
            AND same.campaign_id = st.campaign_id)
        """;

    private const string Compare =
        """
        INSERT INTO change
        SELECT n.view, f.standard, n.standard, n.parameter, f.verdict, n.verdict, count(*)
        FROM new_finding n JOIN finding f ON f.result_id = n.result_id AND f.period_start = n.period_start AND f.view = n.view AND f.ordinal = n.ordinal
            AND f.rests_on = n.rests_on
        WHERE n.rests_on = 'all' AND n.governs AND (f.verdict, f.standard) IS DISTINCT FROM (n.verdict, n.standard)
        GROUP BY 1, 2, 3, 4, 5, 6
        """;

    // $1 the readers that were judged for.
    private static readonly string[] Replace =
    [
        """
        DELETE FROM finding f USING event e
        WHERE f.campaign_id = e.campaign_id AND f.site_id = e.site_id AND f.medium = e.medium AND f.data_group = e.data_group AND f.rests_on = ANY ($1)
        """,
        "INSERT INTO finding SELECT * FROM new_finding WHERE rests_on = ANY ($1)",
        """
        DELETE FROM site_status s USING event e
        WHERE s.site_id = e.site_id AND s.medium = e.medium AND s.data_group = e.data_group AND s.campaign_id = e.campaign_id AND s.rests_on = ANY ($1)
        """,
        "INSERT INTO site_status SELECT * FROM new_status WHERE rests_on = ANY ($1)",
    ];
}
