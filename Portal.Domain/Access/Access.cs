namespace QuanTrac.Portal.Domain.Access;

/// <summary>Who acts, for which organisation, through which login. Every use-case takes one and demands what it needs of it.</summary>
/// <param name="AccountId">The account, or null for the machine itself (a verb of an administrator at the console).</param>
public sealed record Access(Role Role, Login Login, int? AccountId, string AccountName, int OrganisationId, string OrganisationCode)
{
    private static readonly Dictionary<Role, Capability[]> Allowed = new()
    {
        // Who assembles does not approve (Điều 6.2b).
        [Role.Admin] = [.. Enum.GetValues<Capability>().Where(capability => capability != Capability.ApproveAccounts)],
        [Role.Manager] = [Capability.SeeMap, Capability.SeeStandards, Capability.HandIn, Capability.SeeNotices, Capability.SeeDuties, Capability.SeeOrganisations, Capability.SeeOverview, Capability.UseDesk, Capability.UseOwnAccount, Capability.AskForAccounts],
        [Role.Facility] = [Capability.SeeMap, Capability.SeeStandards, Capability.HandIn, Capability.SeeNotices, Capability.SeeDuties, Capability.SeeOrganisations, Capability.SeeOverview, Capability.UseDesk, Capability.UseOwnAccount, Capability.AskForAccounts],
        // For a subsidiary only where a grant with its document lets it (Điều 6.2b): the database knows which.
        [Role.Parent] = [Capability.SeeMap, Capability.SeeStandards, Capability.HandIn, Capability.SeeNotices, Capability.SeeDuties, Capability.SeeOrganisations, Capability.SeeOverview, Capability.UseDesk, Capability.UseOwnAccount, Capability.AskForAccounts],
        [Role.Guest] = [Capability.SeeMap, Capability.SeeStandards, Capability.UseDesk, Capability.UseOwnAccount],
    };

    /// <summary>The address that the person came from; null where nobody came from anywhere (a job, a verb).</summary>
    public string? From { get; init; }

    // Bodies that stand for the Department review what others hand in (Điều 7.1c, 9.2).
    private static readonly Capability[] OfTheDepartment = [Capability.AcceptSubmission, Capability.ReleaseCampaign, Capability.ApproveAccounts];

    /// <summary>The legal group that the account shows.</summary>
    public LegalGroup LegalGroup => GroupOf(Role);

    /// <summary>The legal group of a role (Điều 6.2a).</summary>
    public static LegalGroup GroupOf(Role role) => role switch
    {
        Role.Admin => LegalGroup.Administrator,
        Role.Guest => LegalGroup.Guest,
        _ => LegalGroup.Manager,
    };

    /// <summary>The login that goes with a role and the kind of its organisation.</summary>
    public static Login LoginFor(Role role, string organisationKind) => role switch
    {
        Role.Guest => Login.Guest,
        Role.Admin => Login.Province,
        Role.Manager when organisationKind is "department" or "sub_department" or "centre" or "committee" => Login.Province,
        _ => Login.Scoped,
    };

    public bool May(Capability capability) =>
        Allowed[Role].Contains(capability)
        || (Role == Role.Manager && Login == Login.Province && OfTheDepartment.Contains(capability));

    /// <exception cref="NotAllowedException">The role lacks the capability.</exception>
    public void Demand(Capability capability)
    {
        if (!May(capability))
            throw new NotAllowedException(capability, AccountName);
    }
}

/// <summary>Visible but not allowed: refused and logged.</summary>
public sealed class NotAllowedException(Capability capability, string accountName)
    : Exception($"{accountName} may not {capability}.")
{
    public Capability Capability { get; } = capability;
}
