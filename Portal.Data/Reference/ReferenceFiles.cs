namespace QuanTrac.Portal.Data.Reference;

/// <summary>Reads the whole seed directory and checks it. Pure but for reading the files: nothing is written anywhere.</summary>
public static class ReferenceFiles
{
    /// <param name="root">The seed directory.</param>
    /// <exception cref="ReferenceFaultException">Anything is wrong; it lists all that was found.</exception>
    public static ReferenceData Load(string root)
    {
        var faults = new FaultList();
        var measuring = MeasuringFiles.Read(root, faults);
        var standards = new StandardFiles(root, measuring, faults).Read();
        var indices = new IndexFiles(root, measuring, faults).Read();
        var places = PlaceFiles.Read(root, faults);
        var organisations = OrganisationFiles.Read(root, places, faults);
        var sites = new SiteFiles(root, measuring, standards, places, organisations, faults);
        var layouts = new LayoutCheck(measuring, sites.Programmes.Select(programme => programme.Code).ToHashSet(), faults).Read(root);
        var duties = DutyFiles.Duties(root, organisations, faults);
        var holidays = DutyFiles.Holidays(root, faults);
        var deskDeadlines = DeskFiles.Deadlines(root, faults);
        var watchRules = WatchFiles.Rules(root, faults);
        var accountRules = AccountFiles.Rules(root, faults);
        var plausible = PlausibleFiles.Ranges(root, measuring, faults);
        var words = PlausibleFiles.Words(root, faults);
        if (faults.All.Count > 0)
            throw new ReferenceFaultException(faults.All);

        return new()
        {
            Units = measuring.Units,
            UnitAliases = measuring.UnitAliases,
            Parameters = measuring.Parameters,
            ParameterAliases = measuring.ParameterAliases,
            Media = measuring.Media,
            Standards = new(standards),
            Indices = new(indices),
            AdministrativeUnits = places.Units,
            AdministrativeUnitNames = places.Names,
            Organisations = organisations.Organisations,
            OrganisationNames = organisations.Names,
            OrganisationParents = organisations.Parents,
            OrganisationTerritories = organisations.Territories,
            OrganisationSuccessors = organisations.Successors,
            Facilities = sites.Facilities,
            Sites = sites.Sites,
            SiteStandards = sites.SiteStandards,
            Programmes = sites.Programmes,
            ProgrammeSites = sites.ProgrammeSites,
            Duties = duties,
            Holidays = holidays,
            DeskDeadlines = deskDeadlines,
            WatchRules = watchRules,
            AccountRules = accountRules,
            PlausibleRanges = plausible,
            IntakeWords = words,
            Layouts = layouts,
        };
    }
}
