using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>What intake asks about: ranges of the plausible, and the words of other people's files.</summary>
internal static class PlausibleFiles
{
    private static readonly string[] Tides = ["CT", "ĐT", "TL", "TR"];

    public static IReadOnlyList<PlausibleRangeRow> Ranges(string root, MeasuringFiles measuring, FaultList faults)
    {
        var codes = measuring.Parameters.All.Select(parameter => parameter.Code).ToHashSet();
        var rows = SeedTable.Read(root, "plausible_ranges.csv", ["parameter", "medium", "lower", "upper", "confidence", "source"], faults, MakeRange);
        faults.Known(rows, "parameter", row => row.Range.Parameter, codes.Contains);
        faults.Known(rows, "medium", row => row.Range.Medium, medium => medium.Length == 0 || measuring.MediumCodes.Contains(medium));
        return faults.Once(rows, row => (row.Range.Parameter, row.Range.Medium)).Select(row => row.Item).ToList();
    }

    public static IReadOnlyList<IntakeWordRow> Words(string root, FaultList faults)
    {
        var rows = SeedTable.Read(root, "intake_words.csv", ["kind", "spelling", "meaning", "source"], faults, MakeWord);
        return faults.Once(rows, row => (row.Word.Kind, Domain.Measuring.Words.Fold(row.Word.Spelling))).Select(row => row.Item).ToList();
    }

    private static PlausibleRangeRow MakeRange(SeedRow row)
    {
        var range = new PlausibleRange(row.Text("parameter"), row.Optional("medium"), row.Decimal("lower"), row.Decimal("upper"));
        if (range is { Lower: null, Upper: null } || range.Lower > range.Upper)
            row.Fault(ReferenceRule.ValueUnreadable, "A range needs one end, and its lower end not above its upper one.");
        return new(range, row.Confidence(), row.Text("source"));
    }

    private static IntakeWordRow MakeWord(SeedRow row)
    {
        var word = new IntakeWord(row.OneOf("kind", "tide", "qualifier", "non-detect"), row.Text("spelling"), row.Optional("meaning"));
        if (word.Kind == "tide" != Tides.Contains(word.Meaning) || word.Kind == "non-detect" && word.Meaning.Length > 0 || word.Kind == "qualifier" && word.Meaning is not ("" or "limit"))
            row.Fault(ReferenceRule.ValueUnreadable, "A tide means one of CT, ĐT, TL, TR; a column of limits of detection \"limit\"; other words mean nothing more.");
        return new(word, row.Text("source"));
    }
}
