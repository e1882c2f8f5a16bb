namespace QuanTrac.Portal.Domain.Access;

/// <summary>What a person may do. What a person may see is the database's business.</summary>
public enum Capability
{
    SeeMap,
    SeeStandards,
    HandIn,
    AcceptSubmission,
    ReleaseCampaign,
    LoadReference,
    CreateAccount,
    SeeNotices,
    SeeDuties,

    /// <summary>What is owed, by whom, until when; taking documents back; planning and reminding.</summary>
    ManageDuties,

    /// <summary>The tree of organisations and why one sees what one sees.</summary>
    SeeOrganisations,

    /// <summary>Names, parents, territories, groups and lists, each by a document.</summary>
    ManageOrganisations,

    /// <summary>Jobs, backups, restore, the check of the data.</summary>
    Operate,
}
