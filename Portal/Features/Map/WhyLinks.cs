using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Domain.Standards;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary>One link of the chain in words.</summary>
internal readonly record struct WhyLink(string Label, string Text, string? Note);

/// <summary>The chain behind a result in words: on the panel and on the proof sheet.</summary>
internal sealed class WhyLinks(IStringLocalizer<MapTexts> texts, IStringLocalizer<UiTexts> ui)
{
    /// <param name="wholeHash">All 64 characters of the file's SHA-256: for paper, where nothing can be looked up.</param>
    public IEnumerable<WhyLink> Of(WhyChain chain, bool wholeHash = false)
    {
        var (result, limit, sample, origin, other, mean) = chain;
        yield return new(texts["Why.Verdict"], ui[$"Verdict.{result.Verdict}"] + (result.Ratio is { } ratio ? $", {Figures.Ratio(ratio)} {texts["Times"]}" : ""),
            result.Reason is null ? null : texts[$"Reason.{result.Reason}"].Value);
        if (limit is not null)
        {
            yield return new(texts["Why.Limit"], $"{result.Limit} {result.Unit}", Validity(limit));
            yield return new(texts["Why.Clause"],
                Cited.Shown(string.Join(", ", new[] { limit.Standard, limit.Table, limit.Clause, limit.Column }.OfType<string>())), Trust(limit));
        }
        if (mean is not null)
            yield return OfMean(mean, result);
        yield return new(texts["Why.Sample"], string.Join(" · ", new[] { sample.Campaign, sample.Period.Long(ui), sample.Depth }.OfType<string>().Distinct()),
            Joined(sample.Laboratory, sample.ReportNumber));
        if (origin is not null)
        {
            var hash = wholeHash || origin.Sha256.Length <= 12 ? origin.Sha256 : origin.Sha256[..12] + "…";
            yield return new(texts["Why.File"], string.Join(", ", Place(origin)), $"{texts["Why.Read"]} “{origin.Raw}” · {texts["Why.Submission", origin.Submission]}{(hash.Length > 0 ? $" · SHA-256 {hash}" : "")}");
        }
        if (other is not null)
        {
            yield return new(texts[$"View.{other.View}"],
                $"{ui[$"Verdict.{other.Verdict}"]}{(other.Ratio is { } times ? $", {Figures.Ratio(times)} {texts["Times"]}" : "")}", other.Standard);
        }
    }

    private WhyLink OfMean(WhyMean found, SiteResult result)
    {
        var (mean, unit) = (found.Mean, result.Unit);
        var range = mean.Highest is not { } highest ? $"≥ {Figures.Computed(mean.Lowest)}"
            : highest == mean.Lowest ? Figures.Computed(highest) : $"{Figures.Computed(mean.Lowest)} – {Figures.Computed(highest)}";
        var needed = found.Required is { } required ? texts["Why.Samplings", mean.Samplings, required] : texts["Why.SamplingsOpen", mean.Samplings];
        var indicative = result.Verdict == "cannot judge" && found.Class is not null ? texts["Why.Indicative"].Value : null;
        return new(texts["Why.Mean"], $"{range} {unit}".TrimEnd(), Joined(needed, found.Class, indicative));
    }

    private string? Validity(WhyLimit limit) => (limit.From, limit.To) switch
    {
        ({ } from, { } to) => texts["Why.Between", Figures.Day(from), Figures.Day(to)].Value,
        ({ } from, null) => texts["Why.Since", Figures.Day(from)].Value,
        (null, { } to) => texts["Why.Until", Figures.Day(to)].Value,
        _ => null,
    };

    // A doubtful figure says so wherever it decides.
    private string? Trust(WhyLimit limit) =>
        Joined(limit.Title, limit.Confidence == Confidence.High ? null : texts[$"Confidence.{limit.Confidence}"].Value, limit.Source);

    private IEnumerable<string> Place(WhyOrigin origin)
    {
        yield return origin.File;
        if (origin.Sheet is not null)
            yield return texts["Why.Sheet", origin.Sheet];
        if (origin.Row is { } row)
            yield return texts["Why.Row", row];
        if (origin.Column is not null)
            yield return texts["Why.Column", origin.Column];
    }

    private static string? Joined(params string?[] parts) => parts.OfType<string>().ToList() is { Count: > 0 } known ? string.Join(" · ", known) : null;
}
