using QuanTrac.Portal.Data.Accounts;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>Who can get in: demo accounts, administrators, the keys of cookies.</summary>
public static class AccountsJudge
{
    private const int AdministratorsWanted = 2;

    /// <param name="accounts">Demo accounts that were not removed.</param>
    /// <param name="rows">Made-up organisations: they come with the rest of the demo data.</param>
    public static IEnumerable<Finding> OfDemo(InstallationMode mode, long accounts, long rows)
    {
        if (mode == InstallationMode.Demo)
        {
            yield return Finding.Red("Demo.Open", accounts);
            yield break;
        }
        yield return mode == InstallationMode.Undecided ? Finding.Yellow("Demo.Undecided")
            : accounts == 0 && rows == 0 ? Finding.Green("Demo.Production") : Finding.Green("Demo.ProductionClosed");
        if (accounts > 0)
            yield return Finding.Yellow("Demo.Accounts", accounts);
        if (rows > 0)
            yield return Finding.Red("Demo.Rows", rows);
    }

    /// <param name="open">Administrators that are no demo accounts and open today.</param>
    /// <param name="secondStep">Those among them whose second step is set up.</param>
    public static Finding OfAdministrators(long open, long secondStep) =>
        open == 0 ? Finding.Red("Admins.None")
        : open < AdministratorsWanted ? Finding.Yellow("Admins.One")
        : secondStep < AdministratorsWanted ? Finding.Yellow("Admins.SecondStep", open, secondStep)
        : Finding.Green("Admins.Well", open, secondStep);

    /// <param name="bare">Keys of data protection that lie in the database as they are.</param>
    public static Finding OfCookieKeys(long bare) => bare > 0 ? Finding.Yellow("CookieKeys.Bare", bare) : Finding.Green("CookieKeys.Well");
}
