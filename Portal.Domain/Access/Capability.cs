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

    /// <summary>The first page: subsidiaries, facilities and sites side by side.</summary>
    SeeOverview,

    /// <summary>What is owed, by whom, until when; taking documents back; planning and reminding.</summary>
    ManageDuties,

    /// <summary>The tree of organisations and why one sees what one sees.</summary>
    SeeOrganisations,

    /// <summary>Names, parents, territories, groups and lists, each by a document.</summary>
    ManageOrganisations,

    /// <summary>Asking for help, reporting incidents, giving feedback; following what became of one's own.</summary>
    UseDesk,

    /// <summary>Answering at the desk, saying who does what, reporting incidents onwards.</summary>
    ManageDesk,

    /// <summary>Jobs, backups, restore, the check of the data.</summary>
    Operate,
}
