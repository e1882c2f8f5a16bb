using Npgsql;
using QuanTrac.Portal.Domain.Assessment;

namespace QuanTrac.Portal.Data.Assessment;

/// <summary>Copies findings into the temporary table <c>new_finding</c>.</summary>
internal sealed class FindingCopy : IAsyncDisposable
{
    private readonly NpgsqlBinaryImporter writer;

    private FindingCopy(NpgsqlBinaryImporter writer) => this.writer = writer;

    public static async Task<FindingCopy> BeginAsync(NpgsqlConnection connection, CancellationToken cancel) => new(await connection.BeginBinaryImportAsync(
        """
        COPY new_finding (result_id, period_start, view, rests_on, ordinal, site_id, medium, data_group, campaign_id, sample_id, parameter, governs,
            limit_id, permit_limit_id, standard, lower, upper, verdict, reason, ratio, mean_lowest, mean_highest, samplings, class, engine) FROM STDIN (FORMAT binary)
        """, cancel));

    public async Task WriteAsync(StoredResult result, string view, string restsOn, FindingOfResult finding, CancellationToken cancel)
    {
        var series = result.Event.Series;
        await writer.StartRowAsync(cancel);
        await writer.WriteAsync(result.Id, cancel);
        await writer.WriteAsync(result.ToJudge.PeriodStart, cancel);
        await writer.WriteAsync(view, cancel);
        await writer.WriteAsync(restsOn, cancel);
        await writer.WriteAsync(finding.Ordinal, cancel);
        await writer.WriteAsync(series.Site, cancel);
        await writer.WriteAsync(series.Medium, cancel);
        await writer.WriteAsync(series.DataGroup, cancel);
        await writer.WriteAsync(result.Event.Campaign, cancel);
        await writer.WriteAsync(result.SampleId, cancel);
        await writer.WriteAsync(result.ToJudge.Parameter, cancel);
        await writer.WriteAsync(finding.Governs, cancel);
        await writer.WriteOrNullAsync(finding.Limit is { OfPermit: false } ? finding.Limit.Id : (int?)null, cancel);
        await writer.WriteOrNullAsync(finding.Limit is { OfPermit: true } ? finding.Limit.Id : (int?)null, cancel);
        await writer.WriteOrNullAsync(finding.Limit?.Standard, cancel);
        await writer.WriteOrNullAsync(finding.Limit?.Bounds?.Lower, cancel);
        await writer.WriteOrNullAsync(finding.Limit?.Bounds?.Upper, cancel);
        await writer.WriteAsync(finding.Judgement.Verdict.Text(), cancel);
        await writer.WriteAsync(finding.Judgement.Reason, cancel);
        await writer.WriteOrNullAsync(Copied.Rounded(finding.Judgement.Ratio), cancel);
        await writer.WriteOrNullAsync(finding.Mean?.Lowest, cancel);
        await writer.WriteOrNullAsync(finding.Mean?.Highest, cancel);
        await writer.WriteOrNullAsync(finding.Mean?.Samplings, cancel);
        await writer.WriteOrNullAsync(finding.Class, cancel);
        await writer.WriteAsync(Engine.Version, cancel);
    }

    public async Task CompleteAsync(CancellationToken cancel) => await writer.CompleteAsync(cancel);

    public ValueTask DisposeAsync() => writer.DisposeAsync();
}

/// <summary>Copies statuses into the temporary table <c>new_status</c>.</summary>
internal static class StatusCopy
{
    public static async Task WriteAsync(NpgsqlConnection connection, IEnumerable<SiteStatus> statuses, CancellationToken cancel)
    {
        await using var writer = await connection.BeginBinaryImportAsync(
            """
            COPY new_status (site_id, medium, data_group, campaign_id, view, rests_on, period_start, period_end, verdict, index_code, index_value, index_reason, band,
                ratio_class, ccme_value, ccme_band, worst_parameter, worst_ratio, standard, standard_changes, results, exceeding, undecided, reviewed, released)
            FROM STDIN (FORMAT binary)
            """, cancel);
        foreach (var status in statuses)
        {
            await writer.StartRowAsync(cancel);
            await writer.WriteAsync(status.SiteId, cancel);
            await writer.WriteAsync(status.Medium, cancel);
            await writer.WriteAsync(status.DataGroup, cancel);
            await writer.WriteAsync(status.CampaignId, cancel);
            await writer.WriteAsync(status.View, cancel);
            await writer.WriteAsync(status.RestsOn, cancel);
            await writer.WriteAsync(status.PeriodStart, cancel);
            await writer.WriteAsync(status.PeriodEnd, cancel);
            await writer.WriteAsync(status.Verdict, cancel);
            await writer.WriteAsync(status.IndexCode, cancel);
            await writer.WriteOrNullAsync(Copied.Rounded(status.IndexValue), cancel);
            await writer.WriteAsync(status.IndexReason, cancel);
            await writer.WriteAsync(status.Band, cancel);
            await writer.WriteAsync(status.RatioClass, cancel);
            await writer.WriteOrNullAsync(status.CcmeValue, cancel);
            await writer.WriteOrNullAsync(status.CcmeBand, cancel);
            await writer.WriteOrNullAsync(status.WorstParameter, cancel);
            await writer.WriteOrNullAsync(Copied.Rounded(status.WorstRatio), cancel);
            await writer.WriteOrNullAsync(status.Standard, cancel);
            await writer.WriteAsync(status.StandardChanges, cancel);
            await writer.WriteAsync(status.Results, cancel);
            await writer.WriteAsync(status.Exceeding, cancel);
            await writer.WriteAsync(status.Undecided, cancel);
            await writer.WriteAsync(status.Reviewed, cancel);
            await writer.WriteAsync(status.Released, cancel);
        }
        await writer.CompleteAsync(cancel);
    }
}

/// <summary>How values are copied.</summary>
internal static class Copied
{
    /// <summary>Ratios are kept to six decimals; verdicts never hang on them.</summary>
    public static decimal? Rounded(decimal? ratio) => ratio is { } number ? decimal.Round(number, 6, MidpointRounding.AwayFromZero) : null;

    public static Task WriteOrNullAsync<T>(this NpgsqlBinaryImporter writer, T? value, CancellationToken cancel) =>
        value is null ? writer.WriteNullAsync(cancel) : writer.WriteAsync(value, cancel);
}
