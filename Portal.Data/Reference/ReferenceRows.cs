using QuanTrac.Portal.Domain.Duties;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Reference;

// The rows of the seed: codes instead of ids, in an order in which they can be written. Absent text is empty.

public sealed record UnitAliasRow(string Alias, string Unit);

/// <param name="Medium">Where the spelling means this; empty: everywhere.</param>
public sealed record ParameterAliasRow(string Alias, string Medium, string Parameter, string Reason, string Source);

public sealed record MediumRow(string Code, string NameVi, string NameEn, int Sort);

/// <param name="Kind">province, district or commune.</param>
/// <param name="FormerDistricts">Of a commune: the districts that its land came from, the main one first.</param>
public sealed record AdministrativeUnitRow(
    string Code, string Kind, DateInterval Valid, IReadOnlyList<string> FormerDistricts,
    decimal Longitude, decimal Latitude, Confidence Confidence, string Source);

public sealed record AdministrativeUnitNameRow(string Unit, string NameVi, string NameEn, DateInterval Valid);

/// <param name="DataGroups">Letters a-e.</param>
/// <param name="OpenMarkVi">What is not known of it; empty where nothing is open.</param>
public sealed record OrganisationRow(string Code, string Kind, string DataGroups, Confidence Confidence, string OpenMarkVi, string OpenMarkEn);

public sealed record OrganisationNameRow(string Organisation, string NameVi, string NameEn, DateInterval Valid, Confidence Confidence, string Source);

public sealed record OrganisationParentRow(string Organisation, string Parent, DateInterval Valid, Confidence Confidence, string Source);

public sealed record OrganisationTerritoryRow(string Organisation, string Unit, DateInterval Valid);

/// <summary>What became of a body that was merged, divided or dissolved.</summary>
public sealed record OrganisationSuccessorRow(string Organisation, string Successor, DateOnly From, string Source);

/// <param name="Kind">thermal_power, cement, coal or other: the first three enter their own data now (Điều 7.1b).</param>
/// <param name="PositionPrecision">exact, approximate, or commune: then a point inside the commune, not the plant.</param>
/// <param name="Unit">Commune.</param>
public sealed record FacilityRow(
    string Code, string NameVi, string NameEn, string Kind, string TypeVi, string TypeEn, string ParentName, string Capacity,
    decimal Longitude, decimal Latitude, string PositionPrecision, string PositionPrecisionVi, string PositionPrecisionEn,
    string Unit, string ReceivingWater, Confidence Confidence, string Source, string Note);

/// <param name="Unit">The commune that it lies in, or the nearest one.</param>
/// <param name="UnitKilometres">How far from that commune; 0 inside it.</param>
/// <param name="XPublished">As published, even where it cannot be right; X is north on Vietnamese papers.</param>
public sealed record SiteRow(
    string Code, string NameVi, string NameEn, string Kind, string Owner, Confidence OwnerConfidence,
    string Unit, decimal UnitKilometres, string District, decimal Longitude, decimal Latitude,
    string XPublished, string YPublished, decimal XUsed, decimal YUsed, string Crs, DateInterval Valid,
    Confidence Confidence, string Note, string Source);

public sealed record SiteStandardRow(string Site, string Medium, string Standard, string Column, DateInterval Valid, Confidence Confidence, string Source);

public sealed record ProgrammeRow(string Code, string DataGroup, string Medium, string Organisation, string NameVi, string NameEn);

public sealed record ProgrammeSiteRow(string Programme, string Site);

/// <param name="Kinds">Every organisation of these kinds; empty: <paramref name="Organisation"/> alone.</param>
/// <param name="Article">Of the decision.</param>
public sealed record DutyRow(
    string Code, string NameVi, string NameEn, IReadOnlyList<string> Kinds, string? Organisation, Recurrence Rule, DateInterval Valid,
    string DocumentsVi, string DocumentsEn, string NoticeVi, string NoticeEn, string Article, Confidence Confidence,
    string OpenMarkVi, string OpenMarkEn, string Source);

/// <param name="Works">A day of the weekend that is worked instead of another; false: a day off.</param>
public sealed record HolidayRow(DateOnly Day, bool Works, string NameVi, string NameEn, Confidence Confidence, string Source);

/// <param name="Severity">normal or serious; empty: either.</param>
/// <param name="What">answer or report.</param>
/// <param name="Amount">Null: no text says by when.</param>
/// <param name="Unit">hours, working_days or empty.</param>
public sealed record DeskDeadlineRow(
    string Code, string Kind, string Severity, bool PersonalData, string What, int? Amount, string Unit, string StepVi, string StepEn, string Article,
    Confidence Confidence, string OpenMarkVi, string OpenMarkEn, string Source);

/// <param name="Amount">From so many on; null where each counts.</param>
/// <param name="Minutes">Within so many; of a new place: as far back as places are remembered.</param>
public sealed record WatchRuleRow(
    string Code, int? Amount, int? Minutes, int? FromHour, int? ToHour, string NameVi, string NameEn, Confidence Confidence, string Source);
/// <summary>idle-lock, idle-notice and password-expiry, in days.</summary>
public sealed record AccountRuleRow(
    string Code, int Days, string NameVi, string NameEn, string Article, Confidence Confidence, string OpenMarkVi, string OpenMarkEn, string Source);

public sealed record PlausibleRangeRow(PlausibleRange Range, Confidence Confidence, string Source);

public sealed record IntakeWordRow(IntakeWord Word, string Source);

/// <summary>All reference data, checked against each other.</summary>
public sealed record ReferenceData
{
    public required UnitBook Units { get; init; }
    public required IReadOnlyList<UnitAliasRow> UnitAliases { get; init; }
    public required ParameterBook Parameters { get; init; }
    public required IReadOnlyList<ParameterAliasRow> ParameterAliases { get; init; }
    public required IReadOnlyList<MediumRow> Media { get; init; }
    public required StandardBook Standards { get; init; }
    public required IndexBook Indices { get; init; }
    public required IReadOnlyList<AdministrativeUnitRow> AdministrativeUnits { get; init; }
    public required IReadOnlyList<AdministrativeUnitNameRow> AdministrativeUnitNames { get; init; }
    public required IReadOnlyList<OrganisationRow> Organisations { get; init; }
    public required IReadOnlyList<OrganisationNameRow> OrganisationNames { get; init; }
    public required IReadOnlyList<OrganisationParentRow> OrganisationParents { get; init; }
    public required IReadOnlyList<OrganisationTerritoryRow> OrganisationTerritories { get; init; }
    public required IReadOnlyList<OrganisationSuccessorRow> OrganisationSuccessors { get; init; }
    public required IReadOnlyList<FacilityRow> Facilities { get; init; }
    public required IReadOnlyList<SiteRow> Sites { get; init; }
    public required IReadOnlyList<SiteStandardRow> SiteStandards { get; init; }
    public required IReadOnlyList<ProgrammeRow> Programmes { get; init; }
    public required IReadOnlyList<ProgrammeSiteRow> ProgrammeSites { get; init; }
    public required IReadOnlyList<DutyRow> Duties { get; init; }
    public required IReadOnlyList<HolidayRow> Holidays { get; init; }
    public required IReadOnlyList<DeskDeadlineRow> DeskDeadlines { get; init; }
    public required IReadOnlyList<WatchRuleRow> WatchRules { get; init; }
    public required IReadOnlyList<AccountRuleRow> AccountRules { get; init; }
    public required IReadOnlyList<PlausibleRangeRow> PlausibleRanges { get; init; }
    public required IReadOnlyList<IntakeWordRow> IntakeWords { get; init; }
    public required IReadOnlyList<Layout> Layouts { get; init; }
}
