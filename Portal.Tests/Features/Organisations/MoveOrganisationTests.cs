using QuanTrac.Portal.Features.Organisations;
using static QuanTrac.Portal.Tests.Features.Organisations.CompanyFamily;

namespace QuanTrac.Portal.Tests.Features.Organisations;

/// <summary>A company that moves to another parent. The family is described at <see cref="CompanyFamily"/>; nothing else changes in this one.</summary>
public sealed class MoveOrganisationTests(CompanyFamily family) : IClassFixture<CompanyFamily>
{
    private const string Results = "SELECT s.code || ' ' || c.code FROM result r JOIN site s ON s.id = r.site_id JOIN campaign c ON c.id = r.campaign_id ORDER BY 1";
    private static readonly string[] OfTheBranch = ["T-SUBS T-2023", "T-SUBS T-2026", "T-SUBSUBS T-2023", "T-SUBSUBS T-2026"];

    /// <summary>Nobody need be awake at midnight: what is seen changes with the day alone. The whole branch goes, with what is older.</summary>
    [Fact]
    public async Task Move_FromADayOn_OldParentSeesNothingNewParentAllOlderResultsToo()
    {
        await family.TodayAsync("2026-06-15");
        var register = await family.ReadAsync("SELECT count(*) FROM organisation_change");
        var shown = await family.PreviewAsync("2026-07-01", new MoveOrganisation("T-SUB", "T-NEW"));
        Assert.Equal(register, await family.ReadAsync("SELECT count(*) FROM organisation_change"));
        // Two sites with two results each.
        Assert.Equal([("T-OLD", 2, 0, 2, 0L, 4L), ("T-NEW", 0, 2, 0, 4L, 0L)], shown.Effect!.Organisations
            .Select(line => (line.Code, line.SitesBefore, line.SitesGained, line.SitesLost, line.ResultsGained, line.ResultsLost)));
        Assert.Equal(["T-SUBS", "T-SUBSUBS"], shown.Effect.Organisations[0].SomeLost);
        Made(await family.RunAsync("2026-07-01", shown.Effect.Seen, new MoveOrganisation("T-SUB", "T-NEW")));

        await family.TodayAsync("2026-06-30");
        Assert.Equal(OfTheBranch, await family.SeenAsync("T-OLD", Results));
        Assert.Empty(await family.SeenAsync("T-NEW", Results));
        await family.TodayAsync("2026-07-01");
        Assert.Empty(await family.SeenAsync("T-OLD", Results));
        Assert.Empty(await family.SeenAsync("T-OLD", "SELECT code FROM site"));
        Assert.Empty(await family.SeenAsync("T-OLD", "SELECT file_name FROM submission"));
        Assert.Equal(OfTheBranch, await family.SeenAsync("T-NEW", Results));
        Assert.Equal(OfTheBranch, await family.SeenAsync("T-SUB", Results));
        // The record of 2023 names the parent of its day, to the new parent too.
        Assert.Equal(["T-OLD"], await family.SeenAsync("T-NEW",
            """
            SELECT o.code FROM organisation_parent p JOIN organisation o ON o.id = p.parent_id JOIN organisation c ON c.id = p.organisation_id
            WHERE c.code = 'T-SUB' AND p.valid @> date '2023-05-01'
            """));
        Assert.Equal("12/QĐ-UBND", await family.ReadAsync(
            "SELECT c.number FROM organisation_parent p JOIN organisation o ON o.id = p.organisation_id JOIN organisation_change c ON c.id = p.ended_by WHERE o.code = 'T-SUB'"));

        // And back: what would begin on the day never was.
        await family.TodayAsync("2026-06-15");
        Made(await family.ChangeAsync("2026-07-01", new MoveOrganisation("T-SUB", "T-OLD")));
        await family.TodayAsync("2026-07-01");
        Assert.Equal(OfTheBranch, await family.SeenAsync("T-OLD", Results));
        Assert.Empty(await family.SeenAsync("T-NEW", Results));
    }
}
