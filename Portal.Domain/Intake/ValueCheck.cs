using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>A checked cell with what is to be told of it; no cell where it is refused.</summary>
internal readonly record struct ValueReading(CheckedCell? Cell, IReadOnlyList<Problem> Problems);

/// <summary>A parameter in the unit of a file. <paramref name="Factor"/>: from that unit to the canonical one.</summary>
public sealed record Measure(Parameter Parameter, Unit Unit, decimal Factor);

/// <summary>Checks one value: its parameter, its unit, its number.</summary>
internal sealed class ValueCheck
{
    // A result below zero is possible where the zero of the scale is a convention.
    private static readonly HashSet<string> SignedQuantities = ["temperature"];

    private readonly Layout layout;
    private readonly IntakeBooks books;
    private readonly string decimalMark;
    private readonly Dictionary<ParameterHeader, Measure> wide = [];
    private readonly Dictionary<(string Parameter, string Unit), (Measure? Measure, ProblemCode? Refused, Dictionary<string, string> Facts)> known = [];

    public ValueCheck(Layout layout, IntakeBooks books)
    {
        this.layout = layout;
        this.books = books;
        decimalMark = layout.DecimalMark.ToString();
        foreach (var column in layout.Parameters)
        {
            wide[column] = Resolve(column.Parameter, column.Unit).Measure ?? throw new ArgumentException(
                $"Layout {layout.Code}, column \"{column.Header}\": parameter {column.Parameter} in {column.Unit} is not in the books.");
        }
    }

    public Measure MeasureOf(ParameterHeader column) => wide[column];

    public ValueReading CheckWide(CheckedSample sample, ParameterHeader column, RawCell raw, CellPlace place) =>
        Check(sample, wide[column], column.Fraction, raw, place);

    public ValueReading CheckLong(CheckedSample sample, Header header, RawRow row)
    {
        string Text(Field field) => header[field] is { } column ? row[column].Trimmed : "";
        var key = (Text(Field.Parameter), Text(Field.Unit));
        if (!known.TryGetValue(key, out var found))
            known[key] = found = Resolve(key.Item1, key.Item2);
        var column = header[Field.Value]!.Value;
        if (found.Measure is { } measure)
        {
            return Check(sample, measure, Text(Field.Fraction), row[column], new(row.Sheet, row.Number, column));
        }
        var at = header[found.Refused == ProblemCode.UnknownParameter ? Field.Parameter : Field.Unit]!.Value;
        return Refuse(found.Refused!.Value, new(row.Sheet, row.Number, at), row[at].Shown(layout.DecimalMark), found.Facts);
    }

    private (Measure? Measure, ProblemCode? Refused, Dictionary<string, string> Facts) Resolve(string parameterText, string unitText)
    {
        if (books.Parameters.Find(parameterText) is not { } parameter)
            return (null, ProblemCode.UnknownParameter, []);
        var facts = new Dictionary<string, string> { ["parameter"] = parameter.Code, ["expected"] = parameter.Unit.Code, ["unit"] = unitText };
        if (books.Units.Find(unitText) is not { } unit)
            return (null, ProblemCode.UnknownUnit, facts);
        return unit.FactorTo(parameter.Unit) is { } factor
            ? (new Measure(parameter, unit, factor), null, facts)
            : (null, ProblemCode.UnitDoesNotFit, facts);
    }

    private ValueReading Check(CheckedSample sample, Measure measure, string fraction, RawCell raw, CellPlace place)
    {
        var shown = raw.Shown(layout.DecimalMark);
        var reading = NumberReader.Read(raw, layout.DecimalMark);
        if (reading.Value is not { } value)
            return Refuse(reading.Refused!.Value, place, shown, new() { ["mark"] = decimalMark });
        if (value.Number < 0 && !SignedQuantities.Contains(measure.Unit.Quantity))
            return Refuse(ProblemCode.NegativeValue, place, shown, new() { ["parameter"] = measure.Parameter.Code, ["unit"] = measure.Unit.Code });
        var cell = new CheckedCell(sample, measure.Parameter, fraction, shown.Trim(), value, measure.Unit, value.Times(measure.Factor), place);
        return reading is { OtherMark: false, Rounded: false } && value.Censoring != Censoring.Above ? new(cell, []) : new(cell, Notes(reading, place, shown, measure));
    }

    private List<Problem> Notes(NumberReading reading, CellPlace place, string shown, Measure measure)
    {
        var notes = new List<Problem>();
        if (reading.OtherMark)
            notes.Add(Tell(ProblemCode.OtherDecimalMark, place, shown, new() { ["mark"] = decimalMark }));
        if (reading.Rounded)
            notes.Add(Tell(ProblemCode.RoundedTo15Digits, place, shown, []));
        if (reading.Value!.Value.Censoring == Censoring.Above)
            notes.Add(Tell(ProblemCode.RightCensored, place, shown, new() { ["parameter"] = measure.Parameter.Code, ["unit"] = measure.Unit.Code }));
        return notes;
    }

    private static ValueReading Refuse(ProblemCode code, CellPlace place, string value, Dictionary<string, string> facts) =>
        new(null, [Tell(code, place, value, facts)]);

    private static Problem Tell(ProblemCode code, CellPlace place, string value, Dictionary<string, string> facts) =>
        new(code, place.Sheet.Length == 0 ? null : place.Sheet, place.Row, place.Column, null, value, facts);
}
