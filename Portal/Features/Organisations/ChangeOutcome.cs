namespace QuanTrac.Portal.Features.Organisations;

/// <summary>What came of a change, or would come of it.</summary>
/// <param name="Change">Its number in the register; null where nothing was changed.</param>
public sealed record ChangeOutcome(OrganisationFault? Fault, IReadOnlyList<string> Facts, ScopeEffect? Effect, int? Change)
{
    public static ChangeOutcome Refused(OrganisationFault fault, params string[] facts) => new(fault, facts, null, null);
}

/// <summary>Who gains and loses sight of what on the first day of a change.</summary>
/// <param name="Day">The day that is looked at: the first of the change, or today where that is over.</param>
/// <param name="Seen">Fingerprint of the whole: what is confirmed must be what was shown.</param>
public sealed record ScopeEffect(DateOnly Day, IReadOnlyList<OrganisationEffect> Organisations, string Seen);

/// <summary>Sites, and results in groups of those sites, that an organisation sees from then on or no more; some site codes to recognise them by.</summary>
/// <param name="SitesBefore">Sites that it saw without the change.</param>
public sealed record OrganisationEffect(
    string Code, string Name, int SitesBefore, int SitesGained, int SitesLost, long ResultsGained, long ResultsLost,
    IReadOnlyList<string> SomeGained, IReadOnlyList<string> SomeLost);

/// <summary>Why a change is refused.</summary>
public enum OrganisationFault
{
    DocumentMissing,
    DayMissing,
    ScanMissing,
    NothingToChange,

    /// <summary>Fact: the code.</summary>
    OrganisationUnknown,

    /// <summary>Fact: the code.</summary>
    CodeTaken,

    /// <summary>Fact: the code.</summary>
    CodeWrong,

    KindWrong,
    NameMissing,

    /// <summary>It would stand under itself, directly or through others. Fact: the code.</summary>
    Circle,

    /// <summary>Facts: the code and the parent.</summary>
    ParentOfThatKind,

    /// <summary>It has no parent on that day to grant anything to. Fact: the code.</summary>
    NoParent,

    /// <summary>Fact: the code of the unit.</summary>
    UnitUnknown,

    /// <summary>Fact: the code of the site.</summary>
    SiteUnknown,

    /// <summary>Fact: the name of the list.</summary>
    ListUnknown,

    /// <summary>Fact: the name of the area.</summary>
    AreaWrong,

    /// <summary>Letters a to e, each once.</summary>
    GroupsWrong,

    /// <summary>Another change already holds for these days. Fact: the code.</summary>
    DaysTaken,

    /// <summary>Nothing would be otherwise than it is.</summary>
    AlreadySo,

    /// <summary>What was shown is no longer what would happen: somebody changed something meanwhile.</summary>
    EffectChanged,

    /// <summary>Others still stand under it. Facts: the code and how many.</summary>
    ChildrenLeft,
}
