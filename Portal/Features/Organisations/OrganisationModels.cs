namespace QuanTrac.Portal.Features.Organisations;

/// <summary>An organisation in the tree of a day.</summary>
/// <param name="Level">How many stand above it.</param>
/// <param name="Path">Codes from the top down to it.</param>
/// <param name="Ended">It has no name on that day: merged, divided, dissolved or not there yet.</param>
/// <param name="Territories">Communes and areas of that day.</param>
/// <param name="Sites">That it sees on that day, by whatever rule; null where the viewer is not told.</param>
public sealed record TreeLine(
    string Code, string Name, string Kind, int Level, IReadOnlyList<string> Path, bool Ended, bool Manage, int Territories, string DataGroups, int Lists, int? Sites,
    string Confidence, string OpenMark);

/// <summary>The tree under its filter.</summary>
/// <param name="Day">As of which it is shown.</param>
/// <param name="Words">In name or code.</param>
public sealed record TreeFilter(DateOnly Day, string? Kind, string? Words, bool WithEnded)
{
    public string Query => FormattableString.Invariant($"day={Day:yyyy-MM-dd}&kind={Uri.EscapeDataString(Kind ?? "")}&text={Uri.EscapeDataString(Words ?? "")}&ended={(WithEnded ? "1" : "")}");
}

/// <summary>All that is known of one organisation, by date.</summary>
public sealed record OrganisationDetail(
    string Code, string Kind, string Name, string Confidence, string OpenMark, IReadOnlyList<DatedFact> Names, IReadOnlyList<DatedFact> Parents,
    IReadOnlyList<DatedFact> Children, IReadOnlyList<DatedFact> Territories, IReadOnlyList<DatedFact> Groups, IReadOnlyList<DatedFact> Lists,
    IReadOnlyList<DatedFact> Successors, IReadOnlyList<DatedFact> Predecessors);

/// <summary>Something that holds from a day to a day.</summary>
/// <param name="Code">Of what it names: an organisation, unit, group or list; of a name the English one.</param>
/// <param name="Mark">manage, area, commune …: what the page says beside it.</param>
/// <param name="Source">The document or text that says so.</param>
/// <param name="Change">That document in the register, where there is one.</param>
public sealed record DatedFact(string Code, string Words, string Mark, DateOnly? From, DateOnly? To, string Source, int? Change)
{
    public bool HoldsOn(DateOnly day) => !(day < From) && !(day > To);
}

/// <summary>An entry of the register of changes.</summary>
public sealed record ChangeLine(
    int Id, string Number, DateOnly Dated, DateOnly From, string FileName, string Note, IReadOnlyList<OrganisationAct> Acts, IReadOnlyList<OrganisationEffect> Effect,
    DateTimeOffset At, string By);

/// <summary>An assigned list: its document, its sites of the day, and who has it.</summary>
public sealed record SiteList(string Name, string Document, IReadOnlyList<string> Sites, IReadOnlyList<string> OrganisationCodes, IReadOnlyList<string> Organisations);
