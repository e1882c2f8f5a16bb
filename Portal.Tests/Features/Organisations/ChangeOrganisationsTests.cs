using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Organisations;
using static QuanTrac.Portal.Tests.Features.Organisations.CompanyFamily;

namespace QuanTrac.Portal.Tests.Features.Organisations;

/// <summary>What a document changes, who sees what before and after, and what is refused. The family is described at <see cref="CompanyFamily"/>.</summary>
public sealed class ChangeOrganisationsTests(CompanyFamily family) : IClassFixture<CompanyFamily>
{
    [Fact]
    public async Task Confirm_AfterSomebodyChangedSomething_IsAskedAgain()
    {
        await family.TodayAsync("2026-06-15");
        var shown = await family.PreviewAsync("2026-06-15", new AssignList("T-SHORE", "T-meanwhile", true));
        Assert.Equal(OrganisationFault.ListUnknown, shown.Fault);
        Made(await family.ChangeAsync("2026-06-15", new ChangeList("T-meanwhile", ["T-OTHERS"], [])));
        shown = await family.PreviewAsync("2026-06-15", new AssignList("T-SHORE", "T-meanwhile", true));
        Assert.Equal(("T-SHORE", 1), (shown.Effect!.Organisations.Single().Code, shown.Effect.Organisations[0].SitesGained));
        Made(await family.ChangeAsync("2026-06-15", new ChangeList("T-meanwhile", ["T-SUBS"], [])));
        var late = await family.RunAsync("2026-06-15", shown.Effect.Seen, new AssignList("T-SHORE", "T-meanwhile", true));
        Assert.Equal((OrganisationFault.EffectChanged, null, 2), (late.Fault, late.Change, late.Effect!.Organisations.Single().SitesGained));
        Assert.Empty(await family.SeenAsync("T-SHORE", "SELECT code FROM site"));
    }

    [Fact]
    public async Task List_SitesAndHolders_ChangeOnTheirDays()
    {
        await family.TodayAsync("2026-06-15");
        Made(await family.ChangeAsync("2026-06-15", new ChangeList("T-coast", ["T-OTHERS", "T-SUBS"], []), new AssignList("T-BOARD", "T-coast", true)));
        Made(await family.ChangeAsync("2026-06-20", new ChangeList("T-coast", [], ["T-SUBS"])));
        Made(await family.ChangeAsync("2026-06-25", new AssignList("T-BOARD", "T-coast", false)));
        foreach (var (day, seen) in new[] { ("2026-06-14", ""), ("2026-06-15", "T-OTHERS T-SUBS"), ("2026-06-20", "T-OTHERS"), ("2026-06-25", "") })
        {
            await family.TodayAsync(day);
            Assert.Equal((day, seen), (day, string.Join(' ', await family.SeenAsync("T-BOARD", "SELECT code FROM site ORDER BY 1"))));
        }
        await family.TodayAsync("2026-06-15");
    }

    [Fact]
    public async Task End_Merged_KeepsItsNameForItsDaysAndSaysWhoCameAfter()
    {
        await family.TodayAsync("2026-06-15");
        Made(await family.ChangeAsync("2026-06-15",
            new AddOrganisation("T-GONE", "commune", "Xã sẽ nhập", "", null, ""), new ChangeUnits("T-GONE", ["06661"], [])));
        Made(await family.ChangeAsync("2026-06-20", new EndOrganisation("T-GONE", ["X06661"])));
        var detail = await family.Portal.WithAsync<OrganisationsData, OrganisationDetail?>(data => data.DetailAsync(family.Admin, "T-GONE", "vi", default));
        Assert.Equal([("Xã sẽ nhập", Day("2026-06-19"))], detail!.Names.Select(name => (name.Words, name.To!.Value)));
        Assert.Equal([Day("2026-06-19")], detail.Territories.Select(place => place.To!.Value));
        Assert.Equal(["X06661"], detail.Successors.Select(after => after.Code));
        Assert.Contains("T-GONE", await CodesAsync("2026-06-19"));
        Assert.DoesNotContain("T-GONE", await CodesAsync("2026-06-20"));
    }

    public static TheoryData<string, OrganisationFault, OrganisationAct[]> Refused => new()
    {
        { "itself", OrganisationFault.Circle, [new MoveOrganisation("T-SUB", "T-SUB")] },
        { "under its own child", OrganisationFault.Circle, [new MoveOrganisation("T-SUB", "T-SUBSUB")] },
        { "under what it made its child", OrganisationFault.Circle, [new MoveOrganisation("T-OTHER", "T-SUBSUB"), new MoveOrganisation("T-SUB", "T-OTHER")] },
        { "a company under a board", OrganisationFault.ParentOfThatKind, [new MoveOrganisation("T-SUB", "T-BOARD")] },
        { "a group under a facility", OrganisationFault.ParentOfThatKind, [new MoveOrganisation("T-NEW", "T-OTHER")] },
        { "where it is", OrganisationFault.AlreadySo, [new MoveOrganisation("T-SUB", "T-OLD")] },
        { "nobody", OrganisationFault.OrganisationUnknown, [new MoveOrganisation("T-SUB", "T-NOBODY")] },
        { "unknown itself", OrganisationFault.OrganisationUnknown, [new RenameOrganisation("T-NOBODY", "Tên", "")] },
        { "no name", OrganisationFault.NameMissing, [new RenameOrganisation("T-SUB", " ", "")] },
        { "the same name", OrganisationFault.AlreadySo, [new RenameOrganisation("T-SUB", "Tên T-SUB", "")] },
        { "code taken", OrganisationFault.CodeTaken, [new AddOrganisation("T-SUB", "facility", "Tên", "", null, "")] },
        { "code wrong", OrganisationFault.CodeWrong, [new AddOrganisation("t sub", "facility", "Tên", "", null, "")] },
        { "kind wrong", OrganisationFault.KindWrong, [new AddOrganisation("T-X", "empire", "Tên", "", null, "")] },
        { "groups wrong", OrganisationFault.GroupsWrong, [new ChangeGroups("T-BOARD", "af")] },
        { "grant without parent", OrganisationFault.NoParent, [new GrantManage("T-OTHER", true)] },
        { "children left", OrganisationFault.ChildrenLeft, [new EndOrganisation("T-OLD", [])] },
        { "unit unknown", OrganisationFault.UnitUnknown, [new ChangeUnits("T-BOARD", ["99999"], [])] },
        { "site unknown", OrganisationFault.SiteUnknown, [new ChangeList("T-any", ["T-NOSITE"], [])] },
        { "no polygon", OrganisationFault.AreaWrong, [new DrawArea("T-BOARD", "Vùng", """{"type":"Polygon","coordinates":"x"}""")] },
        { "bow tie", OrganisationFault.AreaWrong, [new DrawArea("T-BOARD", "Vùng", """{"type":"Polygon","coordinates":[[[107,20.9],[107.2,21],[107.2,20.9],[107,21],[107,20.9]]]}""")] },
        { "the same twice", OrganisationFault.DaysTaken, [new ChangeUnits("T-BOARD", ["06661", "06661"], [])] },
        { "nothing", OrganisationFault.NothingToChange, [] },
    };

    [Theory, MemberData(nameof(Refused))]
    public async Task Change_Wrong_IsRefusedWholeWithItsReason(string what, OrganisationFault fault, OrganisationAct[] acts)
    {
        await family.TodayAsync("2026-06-15");
        var before = await family.ReadAsync("SELECT (SELECT count(*) FROM organisation_parent) + (SELECT count(*) FROM organisation_change) + (SELECT count(*) FROM organisation)");
        Assert.Equal((what, fault), (what, (await family.PreviewAsync("2026-06-16", acts)).Fault!.Value));
        Assert.Equal(before, await family.ReadAsync("SELECT (SELECT count(*) FROM organisation_parent) + (SELECT count(*) FROM organisation_change) + (SELECT count(*) FROM organisation)"));
    }

    [Fact]
    public async Task Change_WithoutItsDocument_IsRefused()
    {
        async Task<OrganisationFault?> FaultAsync(string number, DateOnly? dated, DateOnly? from, Scan? scan) => (await family.Portal.WithAsync<ChangeOrganisations, ChangeOutcome>(
            change => change.RunAsync(family.Admin, new(number, dated, from, "", [new GrantManage("T-SUB", true)]), scan, null, default))).Fault;
        var day = Day("2026-06-01");
        Assert.Equal(OrganisationFault.DocumentMissing, await FaultAsync(" ", day, day, family.Scan));
        Assert.Equal(OrganisationFault.DocumentMissing, await FaultAsync("1", null, day, family.Scan));
        Assert.Equal(OrganisationFault.DocumentMissing, await FaultAsync("1", Day("2026-12-31"), day, family.Scan));
        Assert.Equal(OrganisationFault.DayMissing, await FaultAsync("1", day, null, family.Scan));
        Assert.Equal(OrganisationFault.ScanMissing, await FaultAsync("1", day, day, null));
        Assert.Equal(OrganisationFault.ScanMissing, await FaultAsync("1", day, day, new(new string('a', 64), "khong co.pdf")));
    }

    [Theory]
    [InlineData(Role.Manager, "SONNMT")]
    [InlineData(Role.Manager, "T-BOARD")]
    [InlineData(Role.Parent, "T-OLD")]
    [InlineData(Role.Facility, "T-SUB")]
    [InlineData(Role.Guest, "T-SUB")]
    public async Task Change_ByAnybodyButAnAdministrator_IsRefused(Role role, string organisation)
    {
        var access = await family.Portal.AccountAsync($"no-{role}-{organisation}".ToLowerInvariant(), role, organisation);
        await Assert.ThrowsAsync<NotAllowedException>(() => family.Portal.WithAsync<ChangeOrganisations, ChangeOutcome>(
            change => change.RunAsync(access, new("1", null, null, "", []), null, null, default)));
        await Assert.ThrowsAsync<NotAllowedException>(() => family.Portal.WithAsync<KeepFile, Scan>(keep => keep.RunAsync(access, Stream.Null, "a.pdf", default)));
        await Assert.ThrowsAsync<NotAllowedException>(() => family.Portal.WithAsync<ReadTemplate, TemplateReading>(read => read.RunAsync(access, family.Scan, default, default)));
    }

    /// <summary>The database itself asks for the document, whatever SQL the province login is brought to run.</summary>
    [Theory]
    [InlineData("INSERT INTO organisation (code, kind, confidence) VALUES ('T-RAW', 'facility', 'high')")]
    [InlineData("INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, 'x', '[2030-01-01,)', 'high' FROM organisation WHERE code = 'T-OTHER'")]
    [InlineData("INSERT INTO organisation_parent (organisation_id, parent_id, valid) SELECT a.id, b.id, '(,)' FROM organisation a, organisation b WHERE a.code = 'T-OTHER' AND b.code = 'T-OLD'")]
    [InlineData("UPDATE organisation_parent SET valid = '(,2026-01-01)'")]
    [InlineData("INSERT INTO organisation_territory (organisation_id, unit, valid) SELECT id, '06661', '(,)' FROM organisation WHERE code = 'T-BOARD'")]
    [InlineData("INSERT INTO organisation_group (organisation_id, data_group, valid) SELECT id, 'a', '(,)' FROM organisation WHERE code = 'T-BOARD'")]
    [InlineData("INSERT INTO site_list (name_vi, document) VALUES ('raw', 'raw')")]
    [InlineData("INSERT INTO organisation_area (organisation_id, name, area, valid) SELECT id, 'raw', ST_Multi(ST_MakeEnvelope(107, 20.8, 107.1, 20.9, 4326)), '(,)' FROM organisation WHERE code = 'T-BOARD'")]
    [InlineData("UPDATE administrative_unit SET area = ST_Multi(ST_MakeEnvelope(107, 20.8, 107.1, 20.9, 4326)) WHERE code = '06661'")]
    public async Task Write_BesideTheRegister_IsRefusedByTheDatabase(string sql)
    {
        await using var connection = await family.Portal.Database.OpenAsync(DatabaseRole.Province);
        await using var command = new NpgsqlCommand(sql, connection);
        Assert.Equal("42501", (await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState);
    }

    // Decision 26/2022 and its districts until 30 June 2025, 54 communes of Resolution 1679 from 1 July 2025; the Department of Agriculture until 28 February 2025.
    [Theory]
    [InlineData("2023-06-01", 13, 0, true)]
    [InlineData("2025-06-30", 13, 0, false)]
    [InlineData("2025-07-01", 0, 54, false)]
    public async Task Tree_AsOfADay_HasTheBodiesOfThatDay(string day, int districts, int communes, bool agriculture)
    {
        var tree = await family.Portal.WithAsync<OrganisationsData, IReadOnlyList<TreeLine>>(
            data => data.TreeAsync(family.Admin, new(Day(day), null, null, false), "vi", default));
        Assert.Equal((districts, communes, agriculture),
            (tree.Count(line => line.Kind == "district"), tree.Count(line => line.Kind == "commune" && line.Code.StartsWith('X')), tree.Any(line => line.Code == "SONNPTNT")));
        Assert.All(tree.Where(line => line.Kind is "district" or "commune" && line.Code != "T-GONE"), line => Assert.Equal("UBNDTINH", line.Path[0]));
    }

    private async Task<IEnumerable<string>> CodesAsync(string day) => (await family.Portal.WithAsync<OrganisationsData, IReadOnlyList<TreeLine>>(
        data => data.TreeAsync(family.Admin, new(Day(day), null, null, false), "vi", default))).Select(line => line.Code);
}
