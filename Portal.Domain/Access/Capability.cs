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

    /// <summary>One's own account: password, second step, sessions, what the portal knows of oneself.</summary>
    UseOwnAccount,

    /// <summary>Asking for accounts for one's organisation by letter, handing them over, reviewing them each year.</summary>
    AskForAccounts,

    /// <summary>The Centre: assembling requests, granting what is approved, locking and unlocking, who is on line.</summary>
    ManageAccounts,

    /// <summary>The Department: saying yes or no to what the Centre assembled (Điều 6.2b); never who manages accounts.</summary>
    ApproveAccounts,
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
