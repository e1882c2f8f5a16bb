using System.Globalization;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Data.Files;
using QuanTrac.Portal.Data.Intake;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>What a filled-in template asks for. With a problem anywhere nothing is taken: organisations hang together.</summary>
public sealed record TemplateReading(IReadOnlyList<OrganisationAct> Acts, IReadOnlyList<TemplateProblem> Problems, int Rows, int Unchanged);

/// <summary>A cell that cannot be taken. <paramref name="Row"/> 0: the file as a whole.</summary>
public sealed record TemplateProblem(int Row, string Column, string Value, TemplateFault Fault);

/// <summary>Why a cell is not taken.</summary>
public enum TemplateFault
{
    /// <summary>Neither CSV nor workbook, or broken; the value is the code of what is wrong.</summary>
    FileUnreadable,
    ColumnMissing,
    TooManyRows,
    CodeWrong,
    CodeTwice,
    KindUnknown,

    /// <summary>An organisation does not change what it is.</summary>
    KindDiffers,
    NameMissing,
    ParentUnknown,
    ParentOfThatKind,
    GroupsWrong,
    UnitUnknown,
    Formula,
}

/// <summary>Reads a template of organisations: one row each; what is new is added, what differs is changed, an empty cell leaves what is there.</summary>
public sealed class ReadTemplate(PortalDatabase database, FileStore files, IStringLocalizer<OrganisationsTexts> texts)
{
    public const int RowCap = 2000;

    // Nobody reads more, and one cell may name thousands of units.
    private const int ProblemCap = 1000;

    /// <summary>The columns in the order of the template.</summary>
    public static readonly string[] Columns = ["code", "kind", "name_vi", "name_en", "parent", "data_groups", "units"];

    public async Task<TemplateReading> RunAsync(Domain.Access.Access access, Scan file, DateOnly day, CancellationToken cancel)
    {
        access.Demand(Capability.ManageOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        var known = (await db.Connection.ListAsync(
            """
            SELECT o.code, o.kind, coalesce(n.name_vi, ''), coalesce(n.name_en, ''),
                coalesce((SELECT above.code FROM organisation_parent p JOIN organisation above ON above.id = p.parent_id WHERE p.organisation_id = o.id AND p.valid @> $1), ''),
                coalesce((SELECT string_agg(g.data_group, '' ORDER BY g.data_group) FROM organisation_group g WHERE g.organisation_id = o.id AND g.valid @> $1), ''),
                coalesce((SELECT array_agg(t.unit) FROM organisation_territory t WHERE t.organisation_id = o.id AND t.valid @> $1), '{}')
            FROM organisation o LEFT JOIN organisation_name n ON n.organisation_id = o.id AND n.valid @> $1
            """,
            row => new Entry(0, row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetString(5), row.GetFieldValue<string[]>(6)),
            cancel, day)).ToDictionary(entry => entry.Code);
        var units = (await db.Connection.ListAsync("SELECT code FROM administrative_unit", row => row.GetString(0), cancel)).ToHashSet();
        var problems = new List<TemplateProblem>();
        var entries = Read(files.PathOf(file.Sha256), units, problems, cancel);
        Check(entries, known, problems);
        if (problems.Count > 0)
            return new([], problems, entries.Count, 0);
        var acts = ParentsFirst(entries).SelectMany(entry => Acts(entry, known.GetValueOrDefault(entry.Code))).ToList();
        return new(acts, [], entries.Count, entries.Count(entry => !Acts(entry, known.GetValueOrDefault(entry.Code)).Any()));
    }

    private List<Entry> Read(string path, HashSet<string> units, List<TemplateProblem> problems, CancellationToken cancel)
    {
        var file = FileReader.Open(path, KeepFile.Cap, cancel);
        var entries = new List<Entry>();
        Dictionary<string, int>? columns = null;
        foreach (var row in file.Rows())
        {
            if (row.Cells.Count == 0 || row[0].Trimmed.StartsWith('#') || row.Cells.All(cell => cell.IsEmpty))
                continue;
            if (columns is null)
            {
                columns = Header(row);
                problems.AddRange(new[] { "code", "kind", "name_vi" }.Where(column => !columns.ContainsKey(column))
                    .Select(column => new TemplateProblem(row.Number, texts[$"Column.{column}"], "", TemplateFault.ColumnMissing)));
                if (problems.Count > 0)
                    return entries;
                continue;
            }
            if (problems.Count > ProblemCap)
                break;
            if (entries.Count == RowCap)
            {
                problems.Add(new(row.Number, "", RowCap.ToString(CultureInfo.InvariantCulture), TemplateFault.TooManyRows));
                break;
            }
            entries.Add(EntryOf(row, columns, units, problems));
        }
        if (file.Problems.HasBlocker || columns is null)
            problems.Insert(0, new(0, "", string.Join(", ", file.Problems.All.Select(problem => problem.Code)), TemplateFault.FileUnreadable));
        return entries;
    }

    private Dictionary<string, int> Header(RawRow row)
    {
        var found = new Dictionary<string, int>();
        for (var i = 0; i < row.Cells.Count; i++)
        {
            var head = Words.Fold(row[i].Trimmed);
            if (Array.Find(Columns, column => head == column || head == Words.Fold(texts[$"Column.{column}"])) is { } name)
                found.TryAdd(name, i);
        }
        return found;
    }

    private Entry EntryOf(RawRow row, Dictionary<string, int> columns, HashSet<string> units, List<TemplateProblem> problems)
    {
        void Fault(string column, string value, TemplateFault fault) => problems.Add(new(row.Number, texts[$"Column.{column}"], value, fault));
        string Cell(string column)
        {
            if (!columns.TryGetValue(column, out var place))
                return "";
            if (row[place].Kind == CellKind.Formula)
                Fault(column, row[place].Trimmed, TemplateFault.Formula);
            return row[place].Trimmed;
        }
        var code = Cell("code").ToUpperInvariant();
        if (!OrganisationKinds.IsCode(code))
            Fault("code", code, TemplateFault.CodeWrong);
        var kind = Cell("kind");
        var found = Array.Find(OrganisationKinds.All, known => known == kind || Words.Fold(texts[$"Kind.{known}"]) == Words.Fold(kind));
        if (found is null)
            Fault("kind", kind, TemplateFault.KindUnknown);
        var groups = string.Concat(Cell("data_groups").ToLowerInvariant().Where(letter => !char.IsWhiteSpace(letter) && letter is not ',' and not ';'));
        if (groups.Any(group => group is < 'a' or > 'e') || groups.Distinct().Count() != groups.Length)
            Fault("data_groups", groups, TemplateFault.GroupsWrong);
        // A spreadsheet takes the code 06652 for a number.
        var land = Cell("units").Split([' ', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Select(unit => unit.Length == 4 ? "0" + unit : unit).ToArray();
        foreach (var unit in land.Where(unit => !units.Contains(unit)).Take(ProblemCap))
            Fault("units", unit, TemplateFault.UnitUnknown);
        return new(row.Number, code, found ?? "", Cell("name_vi"), Cell("name_en"), Cell("parent").ToUpperInvariant(), groups, land);
    }

    private void Check(List<Entry> entries, Dictionary<string, Entry> known, List<TemplateProblem> problems)
    {
        void Fault(Entry entry, string column, string value, TemplateFault fault) => problems.Add(new(entry.Row, texts[$"Column.{column}"], value, fault));
        var inFile = entries.GroupBy(entry => entry.Code).ToDictionary(group => group.Key, group => group.First());
        foreach (var entry in entries)
        {
            var before = known.GetValueOrDefault(entry.Code);
            if (inFile[entry.Code] != entry)
                Fault(entry, "code", entry.Code, TemplateFault.CodeTwice);
            if (before is not null && entry.Kind.Length > 0 && before.Kind != entry.Kind)
                Fault(entry, "kind", entry.Kind, TemplateFault.KindDiffers);
            if (before is null && entry.NameVi.Length == 0)
                Fault(entry, "name_vi", "", TemplateFault.NameMissing);
            if (entry.Parent.Length == 0)
                continue;
            if ((inFile.GetValueOrDefault(entry.Parent) ?? known.GetValueOrDefault(entry.Parent)) is not { } parent)
                Fault(entry, "parent", entry.Parent, TemplateFault.ParentUnknown);
            else if (entry.Kind.Length > 0 && parent.Kind.Length > 0 && !OrganisationKinds.MayStandUnder(entry.Kind, parent.Kind))
                Fault(entry, "parent", entry.Parent, TemplateFault.ParentOfThatKind);
        }
    }

    // Whoever stands under another row comes after it; a circle is refused by the database.
    private static List<Entry> ParentsFirst(List<Entry> entries)
    {
        var waiting = new List<Entry>(entries);
        var ordered = new List<Entry>();
        while (waiting.Count > 0)
        {
            var codes = waiting.Select(entry => entry.Code).ToHashSet();
            var ready = waiting.Where(entry => !codes.Contains(entry.Parent)).ToList();
            if (ready.Count == 0)
                ready = [.. waiting];
            ordered.AddRange(ready);
            waiting.RemoveAll(ready.Contains);
        }
        return ordered;
    }

    private static IEnumerable<OrganisationAct> Acts(Entry entry, Entry? before)
    {
        if (before is null)
            yield return new AddOrganisation(entry.Code, entry.Kind, entry.NameVi, entry.NameEn, entry.Parent.Length == 0 ? null : entry.Parent, entry.DataGroups);
        else
        {
            if (entry.NameVi.Length > 0 && (entry.NameVi != before.NameVi || (entry.NameEn.Length > 0 && entry.NameEn != before.NameEn)))
                yield return new RenameOrganisation(entry.Code, entry.NameVi, entry.NameEn.Length > 0 ? entry.NameEn : before.NameEn);
            if (entry.Parent.Length > 0 && entry.Parent != before.Parent)
                yield return new MoveOrganisation(entry.Code, entry.Parent);
            if (entry.DataGroups.Length > 0 && !entry.DataGroups.Order().SequenceEqual(before.DataGroups.Order()))
                yield return new ChangeGroups(entry.Code, entry.DataGroups);
        }
        var more = entry.Units.Except(before?.Units ?? []).ToArray();
        if (more.Length > 0)
            yield return new ChangeUnits(entry.Code, more, []);
    }

    private sealed record Entry(int Row, string Code, string Kind, string NameVi, string NameEn, string Parent, string DataGroups, IReadOnlyList<string> Units);
}
