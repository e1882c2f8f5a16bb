using System.Globalization;
using Microsoft.Extensions.Localization;
using PdfSharp.Drawing;
using QRCoder;
using QuanTrac.Portal.Domain.Assessment;
using QuanTrac.Portal.Features.Map;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Assessment;

/// <summary>What a proof sheet says of the result beside its chain.</summary>
/// <param name="Reported">Value and unit as the laboratory gave them.</param>
/// <param name="View">today or day: which standard the verdict is by.</param>
internal sealed record ProofOfResult(long Id, string SiteCode, string SiteName, string Medium, string Reported, bool Reviewed, string View, WhyChain Chain);

/// <summary>Prints the proof of one result: verdict, chain and steps on A4, in the language of the request.</summary>
internal sealed class ProofSheet(IStringLocalizer<ProofTexts> texts, IStringLocalizer<MapTexts> map, IStringLocalizer<UiTexts> ui)
{
    private const double Indent = 22;
    private const double LabelWidth = 118;
    private const double QrSide = 92;
    private const double LetterheadHeight = 104;

    /// <param name="explanations">In the order in which they are printed: of the verdict, of the index of the site's event.</param>
    public PrintedProof Write(ProofOfResult proof, IReadOnlyList<Explanation> explanations, ProofAsked asked)
    {
        using var sheet = new SheetWriter($"{texts["Title"]} {proof.Id}");
        sheet.Gap(LetterheadHeight);
        sheet.Centred(new(texts["Title"].Value.ToUpper(CultureInfo.CurrentCulture), XFontStyleEx.Bold, 14));
        sheet.Centred(new(texts["Subtitle", proof.Id.ToString(CultureInfo.InvariantCulture)], XFontStyleEx.Bold, 13));
        sheet.Gap(10);
        foreach (var (label, text) in Head(proof))
            sheet.Paragraph([new(text)], LabelWidth, new(label));
        sheet.Gap(8);
        sheet.Framed(Verdict(proof.Chain));
        sheet.Gap(12);
        Heading(sheet, texts["Chain"]);
        foreach (var link in new WhyLinks(map, ui).Of(proof.Chain, wholeHash: true))
        {
            sheet.Paragraph([new(link.Text)], LabelWidth, new(link.Label, XFontStyleEx.Bold));
            if (link.Note is { } note)
                sheet.Paragraph([new(note, XFontStyleEx.Regular, SheetWriter.Small)], LabelWidth);
            sheet.Gap(3);
        }
        foreach (var explanation in explanations)
            Explain(sheet, explanation);
        var seal = new ProofSeal(sheet.Said);
        Seal(sheet, seal, asked);
        var at = Figures.Moment(asked.At).Split(' ');
        return new(sheet.Finish(texts["Citation"], texts["Printed", at[0], at[1], asked.By, seal.Number],
            (page, pages) => texts["Page", page.ToString(CultureInfo.InvariantCulture), pages.ToString(CultureInfo.InvariantCulture)], Letterhead(seal, asked)), seal);
    }

    // Body, number, place and day are of the print, not of the result: they are no part of the words that the number is made of.
    private Letterhead Letterhead(ProofSeal seal, ProofAsked asked) => new(
        asked.Body.Above.ToUpper(CultureInfo.CurrentCulture), asked.Body.Name.ToUpper(CultureInfo.CurrentCulture), texts["SheetNumber", seal.Number],
        texts["State.Name"], texts["State.Motto"], texts["PlaceAndDate", Day(asked.Day.Day), asked.Day.Month > 2 ? Number(asked.Day.Month) : Day(asked.Day.Month), Number(asked.Day.Year)]);

    // Days under ten and the first two months have a zero before them (Nghị định 30/2020/NĐ-CP, Phụ lục I).
    private static string Day(int number) => number.ToString("00", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Seal(SheetWriter sheet, ProofSeal seal, ProofAsked asked)
    {
        sheet.Gap(12);
        sheet.MakeRoom(QrSide + 40);
        sheet.Rule();
        using var maker = new QRCodeGenerator();
        using var code = maker.CreateQrCode(asked.Address, QRCodeGenerator.ECCLevel.M);
        sheet.Squares(code.ModuleMatrix, QrSide,
        [
            new(texts["Number", seal.Number].Value + " ", XFontStyleEx.Bold), new($"SHA-256: {seal.Sha256} ", XFontStyleEx.Regular, SheetWriter.Small),
            new(texts["HowToCheck", asked.WordsAddress], XFontStyleEx.Regular, SheetWriter.Small),
        ]);
    }

    private IEnumerable<(string Label, string Text)> Head(ProofOfResult proof)
    {
        var (result, sample) = (proof.Chain.Result, proof.Chain.Sample);
        yield return (texts["Site"], $"{proof.SiteCode} · {proof.SiteName}");
        yield return (texts["Medium"], ui[$"Medium.{proof.Medium}"]);
        yield return (texts["Event"], string.Join(" · ", new[] { sample.Campaign, sample.Period.Long(ui) }.OfType<string>().Distinct()));
        yield return (texts["Parameter"], result.Name);
        yield return (texts["Result"], proof.Reported);
        yield return (texts["Compared"], $"{map[$"View.{proof.View}"]} ({map[$"View.{proof.View}.Hint"]})");
        if (!proof.Reviewed)
            yield return (texts["State"], texts["Unreviewed"]);
    }

    private List<Run> Verdict(WhyChain chain)
    {
        var result = chain.Result;
        // Of a permit's limit the permit is named.
        var standard = result.Standard ?? chain.Limit?.Standard ?? "";
        // Where the verdict is on the mean of the year, the mean is what is held against the limit.
        var value = chain.Mean is { Mean: var mean } && result.Verdict is ("within" or "exceeds")
            ? texts["Mean", $"{Range(mean)} {result.Unit}".TrimEnd(), mean.Samplings.ToString(CultureInfo.InvariantCulture)].Value
            : $"{Figures.Value(result.Value)} {result.Unit}".TrimEnd();
        var limit = $"{result.Limit} {result.Unit}".TrimEnd();
        var sentence = (result.Verdict, result.Limit?.Kind) switch
        {
            ("within", _) => texts["Verdict.within", result.Name, value, limit, standard],
            ("exceeds", "min") => texts["Verdict.below", result.Name, value, limit, standard],
            ("exceeds", "max") when result.Ratio is > 1 => texts["Verdict.times", result.Name, value, limit, standard, Figures.Ratio(result.Ratio.Value)],
            ("exceeds", "max") => texts["Verdict.above", result.Name, value, limit, standard],
            ("exceeds", _) => texts["Verdict.outside", result.Name, value, limit, standard],
            _ => texts[$"Verdict.{result.Verdict}", result.Name, value, result.Reason is { } reason ? map[$"Reason.{reason}"].Value : ""],
        };
        return [new(sentence.Value + ". ", XFontStyleEx.Bold, 12), new(texts["LocalMissing"], XFontStyleEx.Regular, SheetWriter.Small)];
    }

    private static string Range(YearMean mean) => mean.Highest is not { } highest ? $"≥ {Figures.Computed(mean.Lowest)}"
        : highest == mean.Lowest ? Figures.Computed(highest)
        : $"{Figures.Computed(mean.Lowest)} – {Figures.Computed(highest)}";

    private static void Heading(SheetWriter sheet, string text)
    {
        sheet.MakeRoom(60);
        sheet.Paragraph([new(text, XFontStyleEx.Bold, 12)]);
        sheet.Rule();
    }

    private void Explain(SheetWriter sheet, Explanation explanation)
    {
        sheet.Gap(8);
        Heading(sheet, texts["Steps", explanation.Instrument.Length > 0
            ? $"{ExplanationSentence.Title(explanation)} ({explanation.Instrument})" : ExplanationSentence.Title(explanation)]);
        for (var i = 0; i < explanation.Steps.Count; i++)
        {
            var step = explanation.Steps[i];
            var last = i == explanation.Steps.Count - 1;
            var notes = new[] { ExplanationSentence.Clause(step), ExplanationSentence.Doubt(step) }.OfType<string>().ToList();
            List<Run> runs = [new(ExplanationSentence.Of(step), last ? XFontStyleEx.Bold : XFontStyleEx.Regular)];
            if (notes.Count > 0)
                runs.Add(new($" [{string.Join("; ", notes)}]", XFontStyleEx.Italic, SheetWriter.Small));
            sheet.Paragraph(runs, Indent, new($"{(i + 1).ToString(CultureInfo.InvariantCulture)}."));
            sheet.Gap(2);
        }
        sheet.Paragraph([new(ExplanationSentence.Engine(explanation), XFontStyleEx.Italic, SheetWriter.Small)], Indent);
    }
}
