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

    private bool compares;

    /// <summary>The events that a submission touches. With reviewed results, the events after them too: their means and indices look back.</summary>
    public Task<int> OfSubmissionAsync(int submission, CancellationToken cancel) => RunAsync(
        """
        INSERT INTO assessed
        SELECT DISTINCT r.site_id, r.medium, r.data_group, r.campaign_id, c.period_start, c.period_end
        FROM result r JOIN campaign c ON c.id = r.campaign_id WHERE r.submission_id = $1
        """, LaterEvents + " AND (SELECT state FROM submission WHERE id = $1) = 'accepted'", submission, cancel);

    /// <summary>The events of a campaign: when its standard changed.</summary>
    public Task<int> OfCampaignAsync(int campaign, CancellationToken cancel) => RunAsync(
        """
        INSERT INTO assessed
        SELECT DISTINCT s.site_id, s.medium, s.data_group, s.campaign_id, c.period_start, c.period_end
        FROM sample s JOIN campaign c ON c.id = s.campaign_id WHERE s.campaign_id = $1
        """, null, campaign, cancel);

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
            """, null, null, cancel);
        await AssessmentState.MarkAsync(connection, cancel);
        return await connection.ListAsync(
            """
            SELECT view, coalesce(standard_before, ''), coalesce(standard, ''), parameter, before, after, sum(results)::int FROM change
            GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 3, 4, 5, 6
            """,
            row => new VerdictChange(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetInt32(6)), cancel);
    }

    private async Task<int> RunAsync(string events, string? later, int? id, CancellationToken cancel)
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
            """, cancel);
        await connection.ExecuteAsync(events, cancel, id is { } one ? [one] : []);
        // Unknown tables are taken for small: later events were looked for one by one.
        await connection.ExecuteAsync("ANALYZE assessed", cancel);
        var index = new EventIndex(await IndexBookReader.ReadAsync(connection, cancel));
        if (later is not null)
            await connection.ExecuteAsync(later, cancel, id!.Value, index.Months);
        var judge = new Judge(await LimitBookReader.ReadAsync(connection, cancel), today);
        var (judged, chunk) = (0, 0);
        while (await NextChunkAsync(chunk++, cancel) > 0)
            judged += await JudgeChunkAsync(judge, index, cancel);
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

    private async Task<int> JudgeChunkAsync(Judge judge, EventIndex index, CancellationToken cancel)
    {
        var results = await AssessmentReader.ResultsAsync(connection, cancel);
        var histories = await AssessmentReader.HistoriesAsync(connection, index.Months, cancel);
        var statuses = new StatusTally(judge, index, histories, today);
        await using (var copy = await FindingCopy.BeginAsync(connection, cancel))
        {
            foreach (var result in results)
            {
                var history = histories.GetValueOrDefault(result.Event.Series, SeriesHistory.Empty);
                foreach (var finding in judge.ByToday(result.ToJudge, history))
                    await WriteAsync("today", result, finding, copy);
                foreach (var finding in judge.ByPeriod(result.ToJudge, history))
                    await WriteAsync("day", result, finding, copy);
            }
            await copy.CompleteAsync(cancel);
        }
        await StatusCopy.WriteAsync(connection, statuses.All(), cancel);
        if (compares)
            await connection.ExecuteAsync(Compare, cancel);
        await connection.ExecuteAsync(Replace, cancel);
        return results.Count;

        Task WriteAsync(string view, StoredResult result, FindingOfResult finding, FindingCopy copy)
        {
            statuses.Add(result, view, finding);
            return copy.WriteAsync(result, view, finding, cancel);
        }
    }

    private const string LaterEvents =
        """
        INSERT INTO assessed
        SELECT DISTINCT st.site_id, st.medium, st.data_group, st.campaign_id, c.period_start, c.period_end
        FROM site_status st
        JOIN campaign c ON c.id = st.campaign_id
        JOIN assessed e ON e.site_id = st.site_id AND e.medium = st.medium AND e.data_group = st.data_group
            AND c.period_end > e.period_end AND c.period_start < e.period_end + make_interval(months => greatest($2, 12))
        WHERE NOT EXISTS (SELECT FROM assessed same WHERE same.site_id = st.site_id AND same.medium = st.medium AND same.data_group = st.data_group
            AND same.campaign_id = st.campaign_id)
        """;

    private const string Compare =
        """
        INSERT INTO change
        SELECT n.view, f.standard, n.standard, n.parameter, f.verdict, n.verdict, count(*)
        FROM new_finding n JOIN finding f ON f.result_id = n.result_id AND f.period_start = n.period_start AND f.view = n.view AND f.ordinal = n.ordinal
        WHERE n.governs AND (f.verdict, f.standard) IS DISTINCT FROM (n.verdict, n.standard)
        GROUP BY 1, 2, 3, 4, 5, 6
        """;

    private const string Replace =
        """
        DELETE FROM finding f USING event e
        WHERE f.campaign_id = e.campaign_id AND f.site_id = e.site_id AND f.medium = e.medium AND f.data_group = e.data_group;
        INSERT INTO finding SELECT * FROM new_finding;
        DELETE FROM site_status s USING event e
        WHERE s.site_id = e.site_id AND s.medium = e.medium AND s.data_group = e.data_group AND s.campaign_id = e.campaign_id;
        INSERT INTO site_status SELECT * FROM new_status;
        """;
}
