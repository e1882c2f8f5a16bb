namespace QuanTrac.Portal.Shell;

/// <summary>Claims of the signed-in account that the frame shows.</summary>
public static class AccountClaims
{
    /// <summary>Vietnamese name of the organisation.</summary>
    public const string Organisation = "quantrac:organisation";

    /// <summary>English name of the organisation.</summary>
    public const string OrganisationEnglish = "quantrac:organisation-en";

    /// <summary>Legal group of article 6.2a: <c>administrator</c> (quản trị), <c>manager</c> (quản lý) or <c>guest</c> (khách).</summary>
    public const string Group = "quantrac:group";
}
