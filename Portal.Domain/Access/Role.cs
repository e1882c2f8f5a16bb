namespace QuanTrac.Portal.Domain.Access;

/// <summary>What an account is for. Each belongs to one of the three legal groups of Điều 6.2a.</summary>
public enum Role
{
    /// <summary>The IT Centre: accounts, reference data, reception, backup.</summary>
    Admin,

    /// <summary>A state body that manages or uses monitoring data.</summary>
    Manager,

    /// <summary>A facility that hands in its own data and answers for them.</summary>
    Facility,

    /// <summary>A parent company that oversees its subsidiaries.</summary>
    Parent,

    /// <summary>A guest: released data only, always with the citation.</summary>
    Guest,
}

/// <summary>Quản trị, quản lý, khách (Điều 6.2a).</summary>
public enum LegalGroup
{
    Administrator,
    Manager,
    Guest,
}

/// <summary>The database login of a kind of account: a wall that no SQL text can climb.</summary>
public enum Login
{
    /// <summary>Sees all.</summary>
    Province,

    /// <summary>Sees what the scope of its connection names.</summary>
    Scoped,

    /// <summary>Sees released rows.</summary>
    Guest,
}
