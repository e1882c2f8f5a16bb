using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>The proof sheet of one result.</summary>
internal sealed class PrintProof(PortalDatabase database, ProofSheet sheet, TimeProvider clock)
{
    /// <param name="view">today or day.</param>
    /// <param name="root">What the addresses on the sheet begin with.</param>
    /// <returns>Null where the result is not there, or not theirs.</returns>
    public async Task<PrintedProof?> RunAsync(Domain.Access.Access access, long result, string view, string root, CancellationToken cancel)
    {
        access.Demand(Capability.SeeMap);
        var vietnamese = Language.Current == "vi";
        await using var db = await database.OpenAsync(access, cancel);
        if (await new WhyQuery(db.Connection, vietnamese).RunAsync(new() { View = view }, result, cancel) is not { } chain)
            return null;
        var found = (await db.Connection.ListAsync(Sql, Read, cancel, result, vietnamese, view))[0];
        var proof = new ProofOfResult(result, found.SiteCode, found.SiteName, found.Medium,
            $"{Figures.Value(found.Reported)} {found.Unit.TrimStart('-')}".TrimEnd(), found.Reviewed, view, chain);
        var today = PortalDay.Of(clock);
        var index = await new EventExplanation(db.Connection, today).OfAsync(found.Site, found.Medium, found.Group, found.Campaign, view, cancel);
        var limit = await new LimitReasoning(db.Connection, today).OfAsync(result, view, cancel);
        var body = (await db.Connection.ListAsync(BodySql, row => ProofBody.Of(row.GetString(0), row.GetString(1)), cancel, today, vietnamese))[0];
        var query = $"?view={view}&language={Language.Current}";
        var address = string.Create(CultureInfo.InvariantCulture, $"{root}/assessment/proof/{result}");
        return sheet.Write(proof, new[] { Explain(chain, found), limit, index }.OfType<Explanation>().ToList(),
            new(access.AccountName, clock.GetUtcNow(), today, body, address + query, address + "/text" + query));
    }

    // The verdict is not judged again: it is told as it was found, by the version of the rules that found it.
    private static Explanation Explain(WhyChain chain, Found found)
    {
        var (result, limit) = (chain.Result, chain.Limit);
        var value = new ExplainedValue(new(result.Name, result.Name), found.Reported, found.Unit, result.Value, result.Unit ?? "-");
        var explained = limit is null ? null : new ExplainedLimit(
            limit.Standard, string.Join(", ", new[] { limit.Table, limit.Column }.OfType<string>()),
            result.Limit is { Kind: not "class_text" } bounds ? new Bounds(bounds.Lower, bounds.Upper) : null, found.Averaging, limit.Clause ?? "", limit.Confidence);
        var judgement = new Judgement(VerdictWords.Parse(result.Verdict), result.Ratio, result.Reason ?? "");
        return ComplianceExplanation.Of(value, explained, judgement, chain.Mean?.Mean, chain.Mean?.Class is { } name ? new(name, name) : null) with { Engine = found.Engine };
    }

    private static Found Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), SitePanelQuery.Value(row, 3), row.GetString(5), row.GetString(6), row.GetString(7), row.GetBoolean(8),
        row.GetInt32(9), row.GetString(10), row.GetInt32(11));

    private sealed record Found(
        string SiteCode, string SiteName, string Medium, ReportedValue Reported, string Unit, string Averaging, string Engine, bool Reviewed,
        int Site, string Group, int Campaign);

    private const string BodySql =
        """
        SELECT coalesce(CASE WHEN $2 OR above_en = '' THEN above_vi ELSE above_en END, ''), coalesce(CASE WHEN $2 OR body_en = '' THEN body_vi ELSE body_en END, '')
        FROM portal_letterhead($1)
        """;

    private const string Sql =
        """
        SELECT s.code, CASE WHEN $2 OR s.name_en = '' THEN s.name_vi ELSE s.name_en END, r.medium, r.censoring, r.value, r.unit,
            coalesce(l.averaging, ''), f.engine, coalesce(sub.state = 'accepted', false), r.site_id, r.data_group, r.campaign_id
        FROM result r
        JOIN site s ON s.id = r.site_id
        JOIN finding f ON f.result_id = r.id AND f.period_start = r.period_start AND f.view = $3 AND f.ordinal = 0
        LEFT JOIN standard_limit l ON l.id = f.limit_id
        LEFT JOIN submission sub ON sub.id = r.submission_id
        WHERE r.id = $1
        """;
}
