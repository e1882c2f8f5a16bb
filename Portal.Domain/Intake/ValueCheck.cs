using System.Globalization;
using System.Text;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>A checked cell with what is to be told of it; no cell where it is refused.</summary>
internal readonly record struct ValueReading(CheckedCell? Cell, IReadOnlyList<Problem> Problems, NumberReading Number = default);

/// <summary>A parameter in the unit of a file. <paramref name="Factor"/>: from that unit to the canonical one.</summary>
public sealed record Measure(Parameter Parameter, Unit Unit, decimal Factor);

/// <summary>Checks one value: its parameter, its unit, its number.</summary>
internal sealed class ValueCheck
{
    // A result below zero is possible where the zero of the scale is a convention.
    private static readonly HashSet<string> SignedQuantities = ["temperature"];

    // Counted, not weighed: three digits behind a mark are thousands as likely as not.
    private const string WholeQuantity = "bacteria count";

    private readonly Layout layout;
    private readonly IntakeBooks books;
    private readonly string decimalMark;
    private readonly Dictionary<ParameterHeader, Measure> wide = [];
    private readonly Dictionary<(string Parameter, string Unit, string Medium), (Measure? Measure, ProblemCode? Refused, Dictionary<string, string> Facts)> known = [];

    public ValueCheck(Layout layout, IntakeBooks books)
    {
        this.layout = layout;
        this.books = books;
        decimalMark = layout.DecimalMark.ToString();
        foreach (var column in layout.Parameters)
        {
            wide[column] = Resolve(column.Parameter, column.Unit, layout.Medium ?? "").Measure ?? throw new ArgumentException(
                $"Layout {layout.Code}, column \"{column.Header}\": parameter {column.Parameter} in {column.Unit} is not in the books.");
        }
    }

    public Measure MeasureOf(ParameterHeader column) => wide[column];

    /// <summary>The parameter in the unit that a sheet names, or why that is none of its units.</summary>
    public (Measure? Measure, ProblemCode? Refused) Measure(Parameter parameter, string unitText)
    {
        if (books.Units.Find(unitText) is not { } unit)
            return (null, ProblemCode.UnknownUnit);
        // Of a gas nobody weighs a litre: milligrams per litre there are a slip for milligrams per cubic metre.
        return unit.FactorTo(parameter.Unit) is { } factor && (PerCubicMetre(unit) || !PerCubicMetre(parameter.Unit))
            ? (new Measure(parameter, unit, factor), null)
            : (null, ProblemCode.UnitDoesNotFit);
    }

    private static bool PerCubicMetre(Unit unit) => unit.Code.EndsWith("m3", StringComparison.Ordinal);

    public ValueReading CheckWide(CheckedSample sample, ParameterHeader column, ColumnMeasure measure, RawCell raw, CellPlace place)
    {
        if (measure.Measure is { } known)
            return Check(sample, known, column.Fraction, "", raw, place);
        var usual = wide[column];
        return Refuse(measure.Refused!.Value, place, raw.Shown(layout.DecimalMark), Facts(usual.Parameter, measure.Told!));
    }

    public ValueReading CheckLong(CheckedSample sample, Header header, RawRow row)
    {
        string Text(Field field) => header[field] is { } column ? row[column].Trimmed : "";
        var key = (Text(Field.Parameter), Text(Field.Unit), sample.Key.Medium);
        if (!known.TryGetValue(key, out var found))
            known[key] = found = Resolve(key.Item1, key.Item2, sample.Key.Medium);
        var column = header[Field.Value]!.Value;
        if (found.Measure is { } measure)
            return Check(sample, measure, Text(Field.Fraction), Text(Field.Qualifier), row[column], new(row.Sheet, row.Number, column));
        var at = header[found.Refused is ProblemCode.UnknownParameter or ProblemCode.ParameterOfOtherMedium ? Field.Parameter : Field.Unit]!.Value;
        return Refuse(found.Refused!.Value, new(row.Sheet, row.Number, at), row[at].Shown(layout.DecimalMark), found.Facts);
    }

    private (Measure? Measure, ProblemCode? Refused, Dictionary<string, string> Facts) Resolve(string parameterText, string unitText, string medium)
    {
        if (books.Parameters.Find(parameterText, medium) is not { } parameter)
            return (null, ProblemCode.UnknownParameter, []);
        var facts = Facts(parameter, unitText);
        facts["medium"] = medium;
        if (!parameter.IsMeasuredIn(medium))
            return (null, ProblemCode.ParameterOfOtherMedium, facts);
        var (measure, refused) = Measure(parameter, unitText);
        return (measure, refused, facts);
    }

    private static Dictionary<string, string> Facts(Parameter parameter, string unitText) =>
        new() { ["parameter"] = parameter.Code, ["expected"] = parameter.Unit.Code, ["unit"] = unitText };

    private ValueReading Check(CheckedSample sample, Measure measure, string fraction, string qualifier, RawCell raw, CellPlace place)
    {
        var shown = raw.Shown(layout.DecimalMark);
        if (Doubt(raw) is { } doubt)
            return Refuse(doubt, place, shown, new() { ["error"] = shown, ["holds"] = raw.Held(layout.DecimalMark) });
        var reading = Qualified(NumberReader.Read(raw, layout.DecimalMark), qualifier);
        if (reading.MayBeThousands && measure.Unit.Quantity == WholeQuantity)
            reading = new(null, ProblemCode.AmbiguousSeparator);
        if (reading.Value is not { } value)
            return Refuse(reading.Refused!.Value, place, shown, new() { ["mark"] = decimalMark, ["sign"] = qualifier });
        if (NumberReader.IsSentinel(value))
            return Refuse(ProblemCode.SentinelValue, place, shown, []);
        if (value.Number < 0 && !SignedQuantities.Contains(measure.Unit.Quantity))
            return Refuse(ProblemCode.NegativeValue, place, shown, new() { ["parameter"] = measure.Parameter.Code, ["unit"] = measure.Unit.Code });
        if (qualifier.Length > 0 && value.IsCensored && !shown.Contains(value.Sign, StringComparison.Ordinal))
            shown = value.Sign + shown.Trim();
        var cell = new CheckedCell(sample, measure.Parameter, fraction, shown.Trim(), value, measure.Unit, value.Times(measure.Factor), place);
        var range = books.Plausible.Of(measure.Parameter.Code, sample.Key.Medium);
        return reading is { OtherMark: false, Rounded: false } && value.Censoring != Censoring.Above && range?.Holds(cell.Canonical) != false
            ? new(cell, [], reading) : new(cell, Notes(reading, cell, shown, measure, range), reading);
    }

    // The gravest first: what is crossed out is no value, whatever it says.
    private static ProblemCode? Doubt(RawCell raw) => raw switch
    {
        { Kind: CellKind.Error } => ProblemCode.ErrorCell,
        { Kind: CellKind.ShowsOther } => ProblemCode.ShowsOther,
        _ => OfMarks(raw.Marks),
    };

    /// <summary>Why a cell cannot be read as it stands, whatever it holds; null where nothing is marked.</summary>
    public static ProblemCode? OfMarks(CellMarks marks) =>
        (marks & CellMarks.Struck) != 0 ? ProblemCode.StruckCell
        : (marks & CellMarks.Raised) != 0 ? ProblemCode.RaisedPart
        : (marks & CellMarks.Merged) != 0 ? ProblemCode.MergedValue
        : null;

    // The sign of the column beside the value, as if it stood before it.
    private static NumberReading Qualified(NumberReading reading, string qualifier)
    {
        if (qualifier.Length == 0 || reading.Value is not { } value)
            return reading;
        var sign = qualifier.Normalize(NormalizationForm.FormKC) switch { "<" => Censoring.Below, ">" => Censoring.Above, "=" => Censoring.None, _ => (Censoring?)null };
        if (sign is null || value.IsCensored && value.Censoring != sign)
            return new(null, ProblemCode.QualifierUnknown);
        return value.Number > 0 || sign == Censoring.None ? reading with { Value = value with { Censoring = sign.Value } } : new(null, ProblemCode.NegativeBound);
    }


    private List<Problem> Notes(NumberReading reading, CheckedCell cell, string shown, Measure measure, PlausibleRange? range)
    {
        var (notes, place) = (new List<Problem>(), cell.Place);
        if (reading.OtherMark)
            notes.Add(Tell(ProblemCode.OtherDecimalMark, place, shown, new() { ["mark"] = decimalMark }));
        if (reading.Rounded)
            notes.Add(Tell(ProblemCode.RoundedTo15Digits, place, shown, []));
        if (reading.Value!.Value.Censoring == Censoring.Above)
            notes.Add(Tell(ProblemCode.RightCensored, place, shown, new() { ["parameter"] = measure.Parameter.Code, ["unit"] = measure.Unit.Code }));
        if (range?.Holds(cell.Canonical) == false)
            notes.Add(Tell(ProblemCode.Implausible, place, shown, new()
            {
                ["parameter"] = measure.Parameter.Code, ["unit"] = measure.Unit.Code,
                ["lower"] = InUnit(range.Lower, measure), ["upper"] = InUnit(range.Upper, measure),
            }));
        return notes;
    }

    private string InUnit(decimal? bound, Measure measure) =>
        bound is { } number ? (number / measure.Factor).ToString("0.##########", CultureInfo.InvariantCulture).Replace('.', layout.DecimalMark) : "";

    private static ValueReading Refuse(ProblemCode code, CellPlace place, string value, Dictionary<string, string> facts) =>
        new(null, [Tell(code, place, value, facts)]);

    private static Problem Tell(ProblemCode code, CellPlace place, string value, Dictionary<string, string> facts) =>
        new(code, place.Sheet.Length == 0 ? null : place.Sheet, place.Row, place.Column, null, value, facts);
}
