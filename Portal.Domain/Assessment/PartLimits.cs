using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Domain.Assessment;

/// <summary>A limit as printed, with its bounds after coefficients.</summary>
/// <param name="Bounds">In the canonical unit of the parameter; null where the standard gives words.</param>
/// <param name="Confidence">Of its weakest link: the figure, or the column.</param>
public readonly record struct EffectiveLimit(Limit Limit, Bounds? Bounds, Confidence Confidence);

/// <summary>The limits of a part of a standard that somebody names himself: whoever names an annual mean's limit asks whether his value meets it.</summary>
public sealed class PartLimits(StandardBook standards)
{
    private readonly LimitBook book = LimitBook.Of(standards);

    /// <summary>The rows of the part for a parameter on a day, one for each averaging. Null where the name fits several columns and these do not agree.</summary>
    /// <param name="facility">The legal date of the facility: whether it may keep the standard after its end; null: not known.</param>
    public IReadOnlyList<EffectiveLimit>? Find(
        Standard standard, StandardPart part, string parameter, DateOnly day, Averaging? averaging, CoefficientsGiven coefficients, DateOnly? facility = null)
    {
        var found = part.Columns.Select(column => Of(standard, part, column, parameter, day, averaging, coefficients, facility)).ToList();
        return found.Count == 0 ? []
            : found.All(rows => Figures(rows).SequenceEqual(Figures(found[0]))) ? found[0]
            : null;
    }

    private List<EffectiveLimit> Of(
        Standard standard, StandardPart part, StandardColumn column, string parameter, DateOnly day, Averaging? averaging, CoefficientsGiven coefficients,
        DateOnly? facility)
    {
        var question = new LimitQuestion(day, column.Medium, parameter, "")
        {
            Assigned = [new(standard.Code, column.Code, DateInterval.Always)],
            Averaging = part.Averaging ?? averaging,
            Coefficients = coefficients,
            FacilityDate = facility,
        };
        return book.On(question).Limits.Select(row => (Limit: standards.Limits[row.Id], row.Bounds))
            .Select(row => new EffectiveLimit(row.Limit, row.Bounds, (Confidence)Math.Min((int)row.Limit.Origin.Confidence, (int)column.Confidence)))
            .Where(row => part.Table is null || row.Limit.Place.Table == part.Table).ToList();
    }

    private static IEnumerable<(string, Bounds?)> Figures(IEnumerable<EffectiveLimit> rows) =>
        rows.Select(row => (row.Limit.Averaging.Code, row.Bounds));
}
