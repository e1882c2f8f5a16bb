using QuanTrac.Portal.Tests.Browser;

namespace QuanTrac.Portal.Tests.Rules;

public sealed class RouteTests
{
    [Fact]
    public void Routes_OfEveryPage_AreLookedAt() => Assert.Empty(EveryPage.Routes.Except(EveryPage.Seen.Select(page => page.Route)));

    [Fact]
    public void SeenPages_Named_AreStillThere() => Assert.Empty(EveryPage.Seen.Select(page => page.Route).Except(EveryPage.Routes));
}
