using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Intake;
using QuanTrac.Portal.Features.Organisations;
using static QuanTrac.Portal.Tests.Features.Organisations.CompanyFamily;

namespace QuanTrac.Portal.Tests.Features.Organisations;

/// <summary>A parent that hands in for its subsidiary. The family is described at <see cref="CompanyFamily"/>; nothing else changes in this one.</summary>
public sealed class GrantManageTests(CompanyFamily family) : IClassFixture<CompanyFamily>
{
    [Fact]
    public async Task Grant_Manage_LetsTheParentHandInFromTheDayOnWithItsDocument()
    {
        await family.TodayAsync("2026-06-15");
        const string manages = "SELECT o.code FROM visible_organisation v JOIN organisation o ON o.id = v.sees_id WHERE v.manage AND v.valid @> portal_today() AND o.code <> 'T-OLD' ORDER BY 1";
        Made(await family.ChangeAsync("2026-06-18", new GrantManage("T-SUB", true)));
        Assert.Empty(await family.SeenAsync("T-OLD", manages));
        var old = await family.Portal.AccountAsync("old", Role.Parent, "T-OLD");
        Assert.False(await MayHandInAsync(old));
        await Assert.ThrowsAsync<NotAllowedException>(() => HandInAsync(old));
        await family.TodayAsync("2026-06-18");
        Assert.Equal(["T-SUB"], await family.SeenAsync("T-OLD", manages));
        Assert.True(await MayHandInAsync(old));
        Assert.True(await HandInAsync(old) > 0);
        Assert.Equal("12/QĐ-UBND (01/06/2026)", await family.ReadAsync("SELECT document FROM organisation_parent p JOIN organisation o ON o.id = p.organisation_id WHERE o.code = 'T-SUB' AND manage"));
        await family.TodayAsync("2026-06-15");
        Made(await family.ChangeAsync("2026-06-18", new GrantManage("T-SUB", false)));
        await family.TodayAsync("2026-06-18");
        Assert.Empty(await family.SeenAsync("T-OLD", manages));
        await Assert.ThrowsAsync<NotAllowedException>(() => HandInAsync(old));
    }

    private Task<bool> MayHandInAsync(QuanTrac.Portal.Domain.Access.Access access) =>
        family.Portal.WithAsync<HandInFile, bool>(handIn => handIn.MayAsync(access, default));

    private Task<int> HandInAsync(QuanTrac.Portal.Domain.Access.Access access) => family.Portal.WithAsync<HandInFile, int>(
        handIn => handIn.RunAsync(access, new MemoryStream("a,b\n1,2\n"u8.ToArray()), "so lieu.csv", "", false, default));
}
