using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>Judges the results of events (site, medium, data group, campaign) anew and writes their findings and statuses,
/// inside the transaction of the caller. The same path for new results and for a changed standard.</summary>
public sealed class RunAssessment(NpgsqlConnection connection, DateOnly today)
{
    // Results in memory at a time: about 150 bytes each, three findings each.
    private const int EventsAtOnce = 2_000;

    /// <summary>The events that a submission touches.</summary>
    public Task<int> OfSubmissionAsync(int submission, CancellationToken cancel) => RunAsync(
        "SELECT DISTINCT site_id, medium, data_group, campaign_id FROM result WHERE submission_id = $1 ORDER BY 4, 1, 2, 3", submission, cancel);

    /// <summary>The events of a campaign: when it is released, or its standard changed.</summary>
    public Task<int> OfCampaignAsync(int campaign, CancellationToken cancel) => RunAsync(
        "SELECT DISTINCT site_id, medium, data_group, campaign_id FROM sample WHERE campaign_id = $1 ORDER BY 4, 1, 2, 3", campaign, cancel);

    private async Task<int> RunAsync(string eventsSql, int id, CancellationToken cancel)
    {
        await ExecuteAsync(
            """
            CREATE TEMP TABLE IF NOT EXISTS event (site_id int, medium text, data_group text, campaign_id int) ON COMMIT DROP;
            CREATE TEMP TABLE IF NOT EXISTS new_finding (LIKE finding) ON COMMIT DROP;
            CREATE TEMP TABLE IF NOT EXISTS new_status (LIKE site_status) ON COMMIT DROP;
            """, cancel);
        var events = await EventsAsync(eventsSql, id, cancel);
        var judge = new Judge(await LimitBookReader.ReadAsync(connection, cancel), today);
        var judged = 0;
        foreach (var chunk in events.Chunk(EventsAtOnce))
            judged += await JudgeChunkAsync(chunk, judge, cancel);
        await ExecuteAsync("UPDATE data_version SET version = version + 1", cancel);
        return judged;
    }

    private async Task<int> JudgeChunkAsync(Event[] chunk, Judge judge, CancellationToken cancel)
    {
        await ExecuteAsync("TRUNCATE event, new_finding, new_status", cancel);
        await using (var writer = await connection.BeginBinaryImportAsync(
            "COPY event (site_id, medium, data_group, campaign_id) FROM STDIN (FORMAT binary)", cancel))
        {
            foreach (var e in chunk)
            {
                await writer.StartRowAsync(cancel);
                await writer.WriteAsync(e.Site, cancel);
                await writer.WriteAsync(e.Medium, cancel);
                await writer.WriteAsync(e.DataGroup, cancel);
                await writer.WriteAsync(e.Campaign, cancel);
            }
            await writer.CompleteAsync(cancel);
        }
        await ExecuteAsync("ANALYZE event", cancel);
        var results = await ResultsAsync(cancel);
        var statuses = new StatusTally();
        await WriteFindingsAsync(results, judge, statuses, cancel);
        await WriteStatusesAsync(results, statuses, cancel);
        await ExecuteAsync(Replace, cancel);
        return results.Count;
    }

    private async Task<List<Event>> EventsAsync(string sql, int id, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        var events = new List<Event>();
        while (await row.ReadAsync(cancel))
            events.Add(new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetInt32(3)));
        return events;
    }

    private async Task<List<StoredResult>> ResultsAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            """
            SELECT r.id, r.sample_id, r.site_id, r.medium, r.data_group, r.campaign_id, r.period_start, r.period_end, r.parameter, r.fraction,
                   r.censoring, r.canonical_value, s.state = 'accepted', c.released_at IS NOT NULL
            FROM event e
            JOIN result r USING (site_id, medium, data_group, campaign_id)
            JOIN submission s ON s.id = r.submission_id
            JOIN campaign c ON c.id = r.campaign_id
            WHERE r.successor IS NULL
            """, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var results = new List<StoredResult>();
        while (await row.ReadAsync(cancel))
        {
            results.Add(new(
                row.GetInt64(0), row.GetInt64(1),
                new(row.GetInt32(2), row.GetString(3), row.GetString(4), row.GetInt32(5)),
                new(row.GetInt32(2), row.GetString(3), row.GetString(8), row.GetString(9), row.GetFieldValue<DateOnly>(6), row.GetFieldValue<DateOnly>(7),
                    new(row.GetDecimal(11), row.GetString(10) switch { "<" => Censoring.Below, ">" => Censoring.Above, _ => Censoring.None })),
                row.GetBoolean(12), row.GetBoolean(13)));
        }
        return results;
    }

    private async Task WriteFindingsAsync(List<StoredResult> results, Judge judge, StatusTally statuses, CancellationToken cancel)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            """
            COPY new_finding (result_id, period_start, view, ordinal, site_id, medium, data_group, campaign_id, sample_id, parameter, governs,
                limit_id, permit_limit_id, standard, lower, upper, verdict, reason, ratio, engine) FROM STDIN (FORMAT binary)
            """, cancel);
        foreach (var result in results)
        {
            foreach (var finding in judge.ByToday(result.ToJudge))
                await WriteAsync(writer, result, "today", finding, statuses, cancel);
            foreach (var finding in judge.ByPeriod(result.ToJudge))
                await WriteAsync(writer, result, "day", finding, statuses, cancel);
        }
        await writer.CompleteAsync(cancel);
    }

    private static async Task WriteAsync(
        NpgsqlBinaryImporter writer, StoredResult result, string view, FindingOfResult finding, StatusTally statuses, CancellationToken cancel)
    {
        statuses.Add(result, view, finding);
        await writer.StartRowAsync(cancel);
        await writer.WriteAsync(result.Id, cancel);
        await writer.WriteAsync(result.ToJudge.PeriodStart, cancel);
        await writer.WriteAsync(view, cancel);
        await writer.WriteAsync(finding.Ordinal, cancel);
        await writer.WriteAsync(result.Event.Site, cancel);
        await writer.WriteAsync(result.Event.Medium, cancel);
        await writer.WriteAsync(result.Event.DataGroup, cancel);
        await writer.WriteAsync(result.Event.Campaign, cancel);
        await writer.WriteAsync(result.SampleId, cancel);
        await writer.WriteAsync(result.ToJudge.Parameter, cancel);
        await writer.WriteAsync(finding.Governs, cancel);
        await WriteOrNullAsync(writer, finding.Limit is { OfPermit: false } ? finding.Limit.Id : (int?)null, cancel);
        await WriteOrNullAsync(writer, finding.Limit is { OfPermit: true } ? finding.Limit.Id : (int?)null, cancel);
        await WriteOrNullAsync(writer, finding.Limit?.Standard, cancel);
        await WriteOrNullAsync(writer, finding.Limit?.Bounds?.Lower, cancel);
        await WriteOrNullAsync(writer, finding.Limit?.Bounds?.Upper, cancel);
        await writer.WriteAsync(finding.Judgement.Verdict.Text(), cancel);
        await writer.WriteAsync(finding.Judgement.Reason, cancel);
        await WriteOrNullAsync(writer, Rounded(finding.Judgement.Ratio), cancel);
        await writer.WriteAsync(Engine.Version, cancel);
    }

    private async Task WriteStatusesAsync(List<StoredResult> results, StatusTally statuses, CancellationToken cancel)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            """
            COPY new_status (site_id, medium, data_group, campaign_id, view, period_start, period_end, verdict, index_code, index_value, band,
                worst_parameter, worst_ratio, standard, standard_changes, results, exceeding, undecided, reviewed, released)
            FROM STDIN (FORMAT binary)
            """, cancel);
        foreach (var status in statuses.All())
        {
            await writer.StartRowAsync(cancel);
            await writer.WriteAsync(status.SiteId, cancel);
            await writer.WriteAsync(status.Medium, cancel);
            await writer.WriteAsync(status.DataGroup, cancel);
            await writer.WriteAsync(status.CampaignId, cancel);
            await writer.WriteAsync(status.View, cancel);
            await writer.WriteAsync(status.PeriodStart, cancel);
            await writer.WriteAsync(status.PeriodEnd, cancel);
            await writer.WriteAsync(status.Verdict, cancel);
            await writer.WriteAsync(status.IndexCode, cancel);
            await WriteOrNullAsync(writer, Rounded(status.IndexValue), cancel);
            await writer.WriteAsync(status.Band, cancel);
            await WriteOrNullAsync(writer, status.WorstParameter, cancel);
            await WriteOrNullAsync(writer, Rounded(status.WorstRatio), cancel);
            await WriteOrNullAsync(writer, status.Standard, cancel);
            await writer.WriteAsync(status.StandardChanges, cancel);
            await writer.WriteAsync(status.Results, cancel);
            await writer.WriteAsync(status.Exceeding, cancel);
            await writer.WriteAsync(status.Undecided, cancel);
            await writer.WriteAsync(status.Reviewed, cancel);
            await writer.WriteAsync(status.Released, cancel);
        }
        await writer.CompleteAsync(cancel);
    }

    // Ratios are kept to six decimals; verdicts never hang on them.
    private static decimal? Rounded(decimal? ratio) => ratio is { } number ? decimal.Round(number, 6, MidpointRounding.AwayFromZero) : null;

    private static Task WriteOrNullAsync<T>(NpgsqlBinaryImporter writer, T? value, CancellationToken cancel) =>
        value is null ? writer.WriteNullAsync(cancel) : writer.WriteAsync(value, cancel);

    private async Task ExecuteAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancel);
    }

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
