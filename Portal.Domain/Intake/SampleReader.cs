using System.Globalization;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Domain.Intake;

/// <summary>Reads of which site, medium, group and period the values of a row are.</summary>
internal sealed class SampleReader(
    Layout layout, IntakeBooks books, Func<string, KnownSite?> findSite, DateOnly today, ProblemList problems, SeenValues seen)
{
    private static readonly HashSet<string> DataGroups = ["a", "b", "c", "d", "e"];

    // What makes a sample this one: of the rest nothing hangs on a mark.
    private static readonly Field[] KeyFields =
    [
        Field.Site, Field.Period, Field.Year, Field.Quarter, Field.PeriodStart, Field.PeriodEnd, Field.Medium, Field.Group, Field.Depth, Field.Tide, Field.Type, Field.Replicate,
    ];

    private readonly Layout layout = layout;
    private readonly ProblemList problems = problems;
    private readonly HashSet<int> namesTold = [];

    /// <summary>A row without site and values: a remark under the table.</summary>
    public bool IsNote(RawRow row, Header header, int values)
    {
        if (values > 0 || row[header[Field.Site]!.Value].Trimmed.Length > 0)
            return false;
        var column = Enumerable.Range(0, row.Cells.Count).First(index => !row[index].IsEmpty);
        problems.Add(new(ProblemCode.NoteRow, row.SheetOrNull, row.Number, column, header.TextOf(column), row[column].Shown(layout.DecimalMark)));
        return true;
    }

    /// <summary>The sample, or null where the row is refused; then its problem has been added.</summary>
    public CheckedSample? Read(RawRow row, Header header, int values)
    {
        var reading = new Reading(this, row, header, values);
        if (Marked(reading) is { } marked)
            return reading.Refuse(marked.Code, marked.Field, new() { ["error"] = reading.Text(marked.Field) });
        if (ReadSite(reading) is not { } site || ReadPeriod(reading) is not { } period)
            return null;
        var medium = layout.Medium ?? reading.Text(Field.Medium);
        var group = layout.DataGroup ?? reading.Text(Field.Group);
        if (!books.Media.Contains(medium))
            return reading.Refuse(ProblemCode.UnknownMedium, Field.Medium);
        if (!DataGroups.Contains(group))
            return reading.Refuse(ProblemCode.UnknownDataGroup, Field.Group);
        if (!ReadDepth(reading, out var depth))
            return reading.Refuse(ProblemCode.DepthUnreadable, Field.Depth);
        if (!ReadTide(reading, out var tide))
            return reading.Refuse(ProblemCode.TideUnknown, Field.Tide);
        if (!ReadReplicate(reading, out var replicate))
            return reading.Refuse(ProblemCode.ReplicateUnreadable, Field.Replicate);
        var key = new SampleKey(site.Id, medium, group, period, depth, tide, reading.Text(Field.Type), replicate);
        var notes = new SampleNotes(reading.Text(Field.Campaign), reading.Text(Field.Laboratory), reading.Text(Field.Report));
        var sample = seen.SampleOf(site, key, notes, row);
        return sample.Notes == notes ? sample : Contradiction(reading, sample, notes);
    }

    private KnownSite? ReadSite(Reading reading)
    {
        var code = reading.Text(Field.Site);
        if (code.Length == 0)
            return reading.RefuseSite(ProblemCode.SiteMissing);
        if (reading.Cell(Field.Site).Kind == CellKind.Formula)
            return reading.RefuseSite(ProblemCode.FormulaCell);
        if (findSite(code) is not { } site)
            return reading.RefuseSite(ProblemCode.UnknownSite);
        if (!site.MayHandIn)
            return reading.RefuseSite(ProblemCode.SiteOfAnotherOrganisation);
        var name = reading.Text(Field.SiteName);
        if (name.Length > 0 && Words.Fold(name) != Words.Fold(site.Name) && namesTold.Add(site.Id))
            reading.Tell(ProblemCode.SiteNameDiffers, Field.SiteName, new() { ["site"] = site.Code, ["registered"] = site.Name });
        return site;
    }

    private Period? ReadPeriod(Reading reading)
    {
        var field = reading.Has(Field.Period) ? Field.Period : reading.Has(Field.PeriodStart) ? Field.PeriodStart : Field.Year;
        if (reading.Cell(field).Kind == CellKind.Formula)
            return reading.RefusePeriod(ProblemCode.FormulaCell, field, []);
        var period = field switch
        {
            Field.Period => PeriodReader.Read(reading.Text(Field.Period), layout.PeriodFormat),
            Field.PeriodStart => PeriodReader.Read(reading.Text(Field.PeriodStart), reading.Text(Field.PeriodEnd), reading.Text(Field.Precision)),
            _ => PeriodReader.Read(reading.Text(Field.Year), reading.Text(Field.Quarter)),
        };
        if (period is null)
            return reading.RefusePeriod(ProblemCode.PeriodUnreadable, field, []);
        // A quarter that runs may have been sampled already.
        return period.Start > today
            ? reading.RefusePeriod(ProblemCode.PeriodInFuture, field, new() { ["today"] = today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) })
            : period;
    }

    private bool ReadDepth(Reading reading, out decimal? depth)
    {
        depth = null;
        if (reading.Text(Field.Depth).Length == 0)
            return true;
        var read = NumberReader.Read(reading.Cell(Field.Depth), layout.DecimalMark).Value;
        depth = read?.Number;
        return read is { IsCensored: false, Number: >= 0 };
    }

    // The same tide in any spelling is the same sample.
    private bool ReadTide(Reading reading, out string tide)
    {
        var text = reading.Text(Field.Tide);
        tide = text.Length == 0 ? "" : books.Words.Tide(text) ?? "";
        return text.Length == 0 || tide.Length > 0;
    }

    // A note glued to the code of a site makes it another site; a merged cell shows its first for all its rows.
    private static (ProblemCode Code, Field Field)? Marked(Reading reading)
    {
        foreach (var field in KeyFields)
        {
            var cell = reading.Cell(field);
            if (cell.Kind == CellKind.Error)
                return (ProblemCode.ErrorCell, field);
            if (ValueCheck.OfMarks(cell.Marks & ~CellMarks.Merged) is { } code)
                return (code, field);
        }
        return null;
    }

    private static bool ReadReplicate(Reading reading, out short replicate)
    {
        var text = reading.Text(Field.Replicate);
        replicate = 1;
        return text.Length == 0
            || short.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out replicate) && replicate > 0;
    }

    private static CheckedSample? Contradiction(Reading reading, CheckedSample sample, SampleNotes notes)
    {
        var (field, first) = sample.Notes.Campaign != notes.Campaign ? (Field.Campaign, sample.Notes.Campaign)
            : sample.Notes.Laboratory != notes.Laboratory ? (Field.Laboratory, sample.Notes.Laboratory)
            : (Field.Report, sample.Notes.Report);
        return reading.Refuse(ProblemCode.SampleContradicts, field, new()
        {
            ["row"] = sample.Row.ToString(CultureInfo.InvariantCulture),
            ["field"] = field.ToString(),
            ["first"] = first,
        });
    }

    /// <summary>One row on its way.</summary>
    private readonly ref struct Reading(SampleReader reader, RawRow row, Header header, int values)
    {
        private readonly SampleReader reader = reader;
        private readonly RawRow row = row;
        private readonly Header header = header;
        private readonly int values = values;

        public bool Has(Field field) => header[field] is not null;

        public RawCell Cell(Field field) => header[field] is { } column ? row[column] : default;

        public string Text(Field field) => Cell(field).Trimmed;

        public void Tell(ProblemCode code, Field field, Dictionary<string, string> facts)
        {
            var column = header[field];
            reader.problems.Add(new(code, row.SheetOrNull, row.Number, column, column is { } known ? header.TextOf(known) : null,
                Cell(field).Shown(reader.layout.DecimalMark), facts));
        }

        public CheckedSample? Refuse(ProblemCode code, Field field, Dictionary<string, string>? facts = null)
        {
            facts ??= [];
            facts["refused"] = values.ToString(CultureInfo.InvariantCulture);
            Tell(code, field, facts);
            return null;
        }

        public KnownSite? RefuseSite(ProblemCode code)
        {
            Refuse(code, Field.Site, new() { ["site"] = Text(Field.Site) });
            return null;
        }

        public Period? RefusePeriod(ProblemCode code, Field field, Dictionary<string, string> facts)
        {
            Refuse(code, field, facts);
            return null;
        }
    }
}
