using System.Globalization;
using QuanTrac.Portal.Domain.Monitoring;
using QuanTrac.Portal.Domain.Standards;

namespace QuanTrac.Portal.Data.Reference;

/// <summary>The rows of one table; their fields are its columns.</summary>
/// <param name="Key">What makes a row the same row.</param>
/// <param name="Dated">The days belong to the key: names, parents, positions …</param>
/// <param name="Owned">Nothing names the rows: those that the seed no longer has are taken out. Dated rows are too.</param>
internal sealed record ReferenceTable(string Name, string[] Key, bool Dated, IEnumerable<object> Rows, bool Owned = false);

/// <summary>Codes of the seed to ids of the database.</summary>
internal sealed record ReferenceIds(
    IReadOnlyDictionary<string, int> Organisations, IReadOnlyDictionary<string, int> Sites, IReadOnlyDictionary<string, int> Programmes);

/// <summary>The seed as rows of tables, in the order in which they refer to each other.</summary>
internal static class ReferenceTables
{
    public static IEnumerable<ReferenceTable> WithoutIds(ReferenceData data)
    {
        yield return new("unit", ["code"], false, data.Units.All);
        yield return new("unit_alias", ["alias"], false, data.UnitAliases);
        yield return new("parameter", ["code"], false, data.Parameters.All.Select(p => new { p.Code, Unit = p.Unit.Code, p.NameVi, p.NameEn, p.Sort }));
        yield return new("parameter_alias", ["alias", "medium"], false, data.ParameterAliases);
        yield return new("medium", ["code"], false, data.Media);
        yield return new("plausible_range", ["parameter", "medium"], false, data.PlausibleRanges.Select(p => new
        {
            p.Range.Parameter, p.Range.Medium, p.Range.Lower, p.Range.Upper, Confidence = Word(p.Confidence), p.Source,
        }), Owned: true);
        yield return new("intake_word", ["kind", "spelling"], false, data.IntakeWords.Select(w => new { w.Word.Kind, w.Word.Spelling, w.Word.Meaning, w.Source }), Owned: true);
        yield return new("standard", ["code"], false, data.Standards.All.Select(s => s.Papers).Concat(data.Indices.All.Select(i => i.Papers)).Select(s => new
        {
            s.Code, s.TitleVi, s.TitleEn, s.Issuer, s.Instrument, Valid = Range(s.Valid), DatesConfidence = Word(s.DatesConfidence), s.Supersedes, s.SupersededBy,
            TransitionVi = s.Transition?.Vi, TransitionEn = s.Transition?.En, s.Source, s.TranscribedBy, s.CheckedBy,
            s.Media, LegacyUntil = s.Legacy?.Until, LegacyFacilitiesBefore = s.Legacy?.FacilitiesBefore,
            OpenQuestionsVi = s.OpenQuestions.Select(q => q.Vi), OpenQuestionsEn = s.OpenQuestions.Select(q => q.En), IndexKind = s.Index,
        }));
        yield return new("standard_column", ["standard", "code"], false, data.Standards.All.SelectMany(s => s.Columns.Select(c => new
        {
            Standard = s.Code, c.Code, c.Medium, c.NameVi, c.NameEn, c.Samplings, Confidence = Word(c.Confidence),
        })));
        yield return new("standard_coefficient", ["standard", "coefficient", "case_vi", "range"], false,
            data.Standards.All.SelectMany(s => s.Coefficients.Select(step => OfCoefficient(s.Code, step))), Owned: true);
        yield return new("standard_limit", ["standard", "column_code", "table_name", "parameter", "fraction", "averaging"], true,
            data.Standards.All.SelectMany(s => s.Limits).Select(OfLimit));
        yield return new("index_step", ["standard", "scale", "ordinal"], false, data.Indices.All.SelectMany(i => i.Scales.SelectMany(s => s.Segments.Select((step, ordinal) => OfStep(i, s, step, ordinal)))));
        yield return new("index_band", ["code"], false, data.Indices.All.SelectMany(i => i.Bands.Select(b => new
        {
            b.Code, Standard = i.Papers.Code, Lowest = b.From, Highest = b.To, b.NameVi, b.NameEn, b.Colour, MeaningVi = b.Meaning.Vi, MeaningEn = b.Meaning.En, Confidence = Word(b.Confidence),
        })));
        yield return new("index_constant", ["standard", "code"], false, data.Indices.All.SelectMany(i => i.Constants.Select(c => new
        {
            Standard = i.Papers.Code, c.Code, c.Value, c.Origin.Clause, Confidence = Word(c.Origin.Confidence), c.Origin.Source, c.Origin.Note,
        })), Owned: true);
        yield return new("administrative_unit", ["code"], false, data.AdministrativeUnits.Select(u => new
        {
            u.Code, u.Kind, Valid = Range(u.Valid), u.FormerDistricts, u.Longitude, u.Latitude, Confidence = Word(u.Confidence), u.Source,
        }));
        yield return new("administrative_unit_name", ["unit"], true, data.AdministrativeUnitNames.Select(n => new { n.Unit, n.NameVi, n.NameEn, Valid = Range(n.Valid) }));
        yield return new("organisation", ["code"], false, data.Organisations.Select(o => new
        {
            o.Code, o.Kind, Confidence = Word(o.Confidence), o.OpenMarkVi, o.OpenMarkEn,
        }));
        yield return new("holiday", ["day"], false, data.Holidays.Select(h => new { h.Day, h.Works, h.NameVi, h.NameEn, Confidence = Word(h.Confidence), h.Source }), Owned: true);
        yield return new("desk_deadline", ["code"], false, data.DeskDeadlines.Select(d => new
        {
            d.Code, d.Kind, d.Severity, d.PersonalData, d.What, d.Amount, d.Unit, d.StepVi, d.StepEn, d.Article, Confidence = Word(d.Confidence), d.OpenMarkVi, d.OpenMarkEn,
            d.Source,
        }));
        yield return new("watch_rule", ["code"], false, data.WatchRules.Select(w => new
        {
            w.Code, w.Amount, w.Minutes, w.FromHour, w.ToHour, w.NameVi, w.NameEn, Confidence = Word(w.Confidence), w.Source,
        }));
        yield return new("account_rule", ["code"], false, data.AccountRules.Select(r => new
        {
            r.Code, r.Days, r.NameVi, r.NameEn, r.Article, Confidence = Word(r.Confidence), r.OpenMarkVi, r.OpenMarkEn, r.Source,
        }));
        yield return new("facility", ["code"], false, data.Facilities.Select(f => new
        {
            f.Code, f.Kind, f.NameVi, f.NameEn, Commune = f.Unit, f.Longitude, f.Latitude, f.PositionPrecisionVi, f.PositionPrecisionEn,
            Confidence = Word(f.Confidence), f.Source,
        }));
    }

    public static IEnumerable<ReferenceTable> OfOrganisations(ReferenceData data, ReferenceIds ids)
    {
        yield return new("organisation_name", ["organisation_id"], true, data.OrganisationNames.Select(n => new
        {
            OrganisationId = ids.Organisations[n.Organisation], n.NameVi, n.NameEn, Valid = Range(n.Valid), Confidence = Word(n.Confidence), n.Source,
        }));
        yield return new("organisation_parent", ["organisation_id"], true, data.OrganisationParents.Select(p => new
        {
            OrganisationId = ids.Organisations[p.Organisation], ParentId = ids.Organisations[p.Parent], Manage = false, Document = p.Source, Valid = Range(p.Valid),
        }));
        yield return new("organisation_territory", ["organisation_id", "unit"], true, data.OrganisationTerritories.Select(t => new
        {
            OrganisationId = ids.Organisations[t.Organisation], t.Unit, Valid = Range(t.Valid),
        }));
        yield return new("organisation_successor", ["organisation_id", "successor_id"], false, data.OrganisationSuccessors.Select(s => new
        {
            OrganisationId = ids.Organisations[s.Organisation], SuccessorId = ids.Organisations[s.Successor], FromDay = s.From, s.Source,
        }), Owned: true);
        yield return new("organisation_group", ["organisation_id", "data_group"], true, data.Organisations.SelectMany(o => o.DataGroups.Select(g => new
        {
            OrganisationId = ids.Organisations[o.Code], DataGroup = g.ToString(), Valid = "(,)",
        })));
        yield return new("duty", ["code"], false, data.Duties.Select(d => new
        {
            d.Code, d.NameVi, d.NameEn, d.Kinds, OrganisationId = d.Organisation is { } organisation ? ids.Organisations[organisation] : (int?)null,
            d.Rule.EveryMonths, d.Rule.Month, d.Rule.Day, d.Rule.YearBefore, Valid = Range(d.Valid), d.DocumentsVi, d.DocumentsEn, d.NoticeVi, d.NoticeEn,
            d.Article, Confidence = Word(d.Confidence), d.OpenMarkVi, d.OpenMarkEn, d.Source,
        }));
        yield return new("site", ["code"], false, data.Sites.Select(s => new
        {
            s.Code, s.Kind, s.NameVi, s.NameEn, OwnerId = ids.Organisations[s.Owner], OwnerConfidence = Word(s.OwnerConfidence), // A station at sea has a nearest commune, but lies in none.
            Commune = s.UnitKilometres == 0 ? s.Unit : null, District = s.District.Length == 0 ? null : s.District,
        }));
        yield return new("programme", ["code"], false, data.Programmes.Select(p => new
        {
            p.Code, p.DataGroup, p.Medium, OrganisationId = ids.Organisations[p.Organisation], p.NameVi, p.NameEn,
        }));
    }

    public static IEnumerable<ReferenceTable> OfSites(ReferenceData data, ReferenceIds ids)
    {
        yield return new("site_position", ["site_id"], true, data.Sites.Select(s => new
        {
            SiteId = ids.Sites[s.Code], Valid = Range(s.Valid), s.Longitude, s.Latitude, XPublished = s.XPublished, YPublished = s.YPublished, XUsed = s.XUsed,
            YUsed = s.YUsed, s.Crs, Confidence = Word(s.Confidence), s.Source, s.Note,
        }));
        yield return new("site_standard", ["site_id", "medium", "standard"], true, data.SiteStandards.Select(a => new
        {
            SiteId = ids.Sites[a.Site], a.Medium, a.Standard, ColumnCode = a.Column, Valid = Range(a.Valid), Confidence = Word(a.Confidence), a.Source,
        }));
        var groups = data.Programmes.ToDictionary(p => p.Code, p => p.DataGroup);
        yield return new("programme_site", ["programme_id", "site_id"], true, data.ProgrammeSites.Select(p => new
        {
            ProgrammeId = ids.Programmes[p.Programme], DataGroup = groups[p.Programme], SiteId = ids.Sites[p.Site], Valid = "(,)",
        }));
    }

    private static object OfStep(IndexTable index, IndexScale scale, IndexSegment step, int ordinal) => new
    {
        Standard = index.Papers.Code, Scale = scale.Code, Ordinal = ordinal, IndexGroup = scale.Group, Unit = scale.Unit.Code,
        Lower = step.From, LowerIncluded = step.FromIncluded, Upper = step.To, UpperIncluded = step.ToIncluded, IndexLower = step.IndexFrom, IndexUpper = step.IndexTo,
        scale.Origin.Clause, Confidence = Word(scale.Origin.Confidence), scale.Origin.Source, scale.Origin.Note,
    };

    private static object OfLimit(Limit l) => new
    {
        l.Place.Standard, ColumnCode = l.Place.Column, TableName = l.Place.Table, Parameter = l.Parameter.Code, l.Fraction,
        Averaging = l.Averaging.Code, Valid = Range(l.Valid), Unit = l.Value.Unit.Code, Kind = l.Value.Kind.Code(),
        l.Value.Lower, l.Value.Upper, CanonicalLower = l.Canonical.Lower, CanonicalUpper = l.Canonical.Upper, l.Coefficients, l.Origin.Clause,
        Confidence = Word(l.Origin.Confidence), l.Origin.Source, l.Origin.Note,
    };

    private static object OfCoefficient(string standard, CoefficientStep step) => new
    {
        Standard = standard, step.Coefficient, step.CaseVi, step.CaseEn, step.Variable, Unit = step.Unit?.Code, Range = step.Range.ToString(), step.Value,
        step.Origin.Clause, Confidence = Word(step.Origin.Confidence), step.Origin.Source, step.Origin.Note,
    };

    private static string Word(Enum value) => value.ToString().ToLowerInvariant();

    // As PostgreSQL writes a daterange, both ends belonging to it.
    private static string Range(DateInterval valid) => string.Create(CultureInfo.InvariantCulture, $"[{valid.From:yyyy-MM-dd},{valid.To:yyyy-MM-dd}]");
}
