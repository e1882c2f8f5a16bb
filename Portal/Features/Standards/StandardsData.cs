using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Shell;

namespace QuanTrac.Portal.Features.Standards;

/// <summary>What the pages of standards ask for. Every method opens its own context with the access of the viewer.</summary>
public sealed class StandardsData(PortalDatabase database, CurrentAccess current, TimeProvider clock)
{
    /// <summary>The day in Quảng Ninh.</summary>
    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>The standards under a filter, those in force first.</summary>
    public async Task<StandardList> ListAsync(StandardFilter filter, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await new StandardListQuery(db.Connection, Vietnamese, Today).RunAsync(filter, cancel);
    }

    /// <summary>One standard by the slug of its address; null where there is none.</summary>
    public async Task<StandardSheet?> FindAsync(string slug, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await new StandardQuery(db.Connection, Vietnamese).RunAsync(slug, cancel);
    }

    /// <summary>Two versions side by side; null where one of them is not there.</summary>
    public async Task<ComparisonSheet?> CompareAsync(ComparisonChoice choice, CancellationToken cancel)
    {
        await using var db = await OpenAsync(cancel);
        return await new ComparisonQuery(db.Connection, Vietnamese, Today).RunAsync(choice, cancel);
    }

    private static bool Vietnamese => Language.Current == "vi";

    private async Task<PortalDb> OpenAsync(CancellationToken cancel)
    {
        var access = await current.GetAsync();
        access.Demand(Capability.SeeStandards);
        return await database.OpenAsync(access, cancel);
    }
}
