using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Organisations;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Tests.Components;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>What the forms of organisations say before anything reaches the database.</summary>
public sealed class OrganisationFormTests : KitContext
{
    private static readonly Access Admin = new(Role.Admin, Login.Province, 1, "admin", 1, "SONNMT");

    public OrganisationFormTests()
    {
        Services.AddScoped<ChangeOrganisations>();
        Services.AddScoped<OrganisationsData>();
    }

    [Theory]
    [InlineData("", "", "", "Số, ký hiệu", "Ghi số và ngày của văn bản")]
    [InlineData("12/QĐ-UBND", "", "01/02/2026", "Ngày văn bản", "Ghi số và ngày của văn bản")]
    [InlineData("12/QĐ-UBND", "01/01/2199", "01/02/2026", "Ngày văn bản", "ngày không ở tương lai")]
    [InlineData("12/QĐ-UBND", "05/01/2026", "", "Có hiệu lực từ ngày", "Ghi ngày có hiệu lực")]
    [InlineData("12/QĐ-UBND", "05/01/2026", "01/01/1970", "Có hiệu lực từ ngày", "Ghi ngày có hiệu lực")]
    public async Task Change_WithoutWhatADocumentNeeds_SaysSoAtTheField(string number, string dated, string from, string field, string sentence)
    {
        var form = Change([new GrantManage("T-SUB", true)]);
        await TypeAsync(form, "Số, ký hiệu", number);
        await TypeAsync(form, "Ngày văn bản", dated);
        await TypeAsync(form, "Có hiệu lực từ ngày", from);
        await form.Find("form").SubmitAsync();
        Assert.Contains(sentence, Words(Field(form, field)), StringComparison.Ordinal);
        Assert.DoesNotContain(form.FindAll("p.alert"), alert => !alert.HasAttribute("hidden"));
        Assert.Contains("Xem ảnh hưởng", Words(form.Find("button[type=submit]")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Change_OfNothing_SaysSoBelowTheFields()
    {
        var form = Change([]);
        await TypeAsync(form, "Số, ký hiệu", "12/QĐ-UBND");
        await TypeAsync(form, "Ngày văn bản", "05/01/2026");
        await TypeAsync(form, "Có hiệu lực từ ngày", "01/02/2026");
        await form.Find("form").SubmitAsync();
        Assert.Equal("Chưa chọn thay đổi nào.", Words(form.FindAll("p.alert").Single(alert => !alert.HasAttribute("hidden"))));
    }

    /// <summary>What must be agreed to stands beside the effect: it stops what follows, not the look at it.</summary>
    [Fact]
    public void Change_ThatMustBeAgreedTo_CanBeLookedAt() =>
        Assert.False(Render<ChangeForm<object>>(given => Given(given, []).Add(form => form.Blocked, true)).Find("button[type=submit]").HasAttribute("disabled"));

    [Fact]
    public async Task Document_Typed_IsToldAsItStands()
    {
        var document = ChangeDocument.Empty;
        var fields = Render<DocumentFields>(given => given.Add(one => one.Document, document).Add(one => one.DocumentChanged, (ChangeDocument now) => document = now));
        foreach (var (field, words) in new[] { ("Số, ký hiệu", "07/QĐ-MẪU"), ("Ngày văn bản", "5/1/2026"), ("Ghi chú", "theo nghị quyết") })
        {
            await TypeAsync(fields, field, words);
            fields.Render(given => given.Add(one => one.Document, document));
        }
        Assert.Equal(new ChangeDocument("07/QĐ-MẪU", new DateOnly(2026, 1, 5), null, "theo nghị quyết", null), document);
    }

    [Fact]
    public void Document_WithItsScan_SaysThatItIsThere()
    {
        var scan = new Scan(new string('a', 64), "quyet dinh.pdf");
        var fields = Render<DocumentFields>(given => given.Add(one => one.Document, ChangeDocument.Empty with { Scan = scan }));
        Assert.Equal("Đã nhận: quyet dinh.pdf", Words(fields.Find(".file-pick .state")));
    }

    [Theory]
    [InlineData("scan", true)]
    [InlineData("number", false)]
    [InlineData(null, false)]
    public void Scan_ThatIsMissing_IsToldAtItsField(string? field, bool said)
    {
        var pick = Render<CascadingValue<FormFault>>(given => given.Add(one => one.Value, new FormFault("Gửi bản quét của văn bản trước.", field))
            .AddChildContent<FilePick>(inner => inner.Add(one => one.Label, "Bản quét").Add(one => one.Door, KeepFile.Scans)));
        Assert.Equal(said, pick.FindAll(".alert").Any(alert => alert.TextContent.Contains("Gửi bản quét", StringComparison.Ordinal)));
        // It may stand in a form: it is none.
        Assert.Empty(pick.FindAll("form"));
    }

    [Theory]
    [InlineData("", "c", true, "c")]
    [InlineData("ae", "c", true, "ace")]
    [InlineData("ace", "a", false, "ce")]
    [InlineData("c", "c", false, "")]
    public async Task Groups_Ticked_AreLettersInOrder(string before, string group, bool on, string after)
    {
        var groups = before;
        var field = Render<GroupsField>(given => given.Bind(one => one.Groups, groups, now => groups = now));
        await field.FindAll("input[type=checkbox]")["abcde".IndexOf(group, StringComparison.Ordinal)].ChangeAsync(new ChangeEventArgs { Value = on });
        Assert.Equal(after, groups);
    }

    [Theory]
    [InlineData("board", "", "Đổi tên|Đổi đơn vị chủ quản|Đổi địa bàn cấp xã|Đổi nhóm dữ liệu|Sáp nhập, giải thể")]
    [InlineData("board", "over", "Đổi tên|Đổi đơn vị chủ quản|Đổi địa bàn cấp xã|Đổi nhóm dữ liệu|Sáp nhập, giải thể")]
    [InlineData("facility", "", "Đổi tên|Đổi đơn vị chủ quản|Đổi địa bàn cấp xã|Đổi nhóm dữ liệu|Sáp nhập, giải thể")]
    [InlineData("facility", "over", "Đổi tên|Đổi đơn vị chủ quản|Ủy quyền quản lý thay|Đổi địa bàn cấp xã|Đổi nhóm dữ liệu|Sáp nhập, giải thể")]
    [InlineData("parent", "manage", "Đổi tên|Đổi đơn vị chủ quản|Chấm dứt ủy quyền|Đổi địa bàn cấp xã|Đổi nhóm dữ liệu|Sáp nhập, giải thể")]
    public void Acts_OfAnOrganisation_AreThoseThatItAllows(string kind, string parent, string acts)
    {
        DatedFact[] parents = parent.Length == 0 ? [] : [new("T-OLD", "Tên T-OLD", parent == "manage" ? "manage" : "", null, null, "", null)];
        var panel = Render<ActPanel>(given => given.Add(one => one.Access, Admin).Add(one => one.Detail, new("T-SUB", kind, "Tên T-SUB", "high", "", [], parents, [], [], [], [], [], [])));
        Assert.Equal(acts, string.Join('|', panel.FindAll("button.chip").Select(Words)));
        Assert.Equal("/organisations/territories?organisation=T-SUB", panel.Find("a.chip").GetAttribute("href"));
    }

    /// <summary>Who stood above until yesterday grants nothing.</summary>
    [Fact]
    public void Acts_UnderAParentThatIsOver_GrantNothing()
    {
        var past = new DatedFact("T-OLD", "Tên T-OLD", "manage", null, new DateOnly(2020, 12, 31), "", null);
        var panel = Render<ActPanel>(given => given.Add(one => one.Access, Admin).Add(one => one.Detail, new("T-SUB", "facility", "Tên T-SUB", "high", "", [], [past], [], [], [], [], [], [])));
        Assert.DoesNotContain(panel.FindAll("button.chip"), chip => Words(chip).Contains("ủy quyền", StringComparison.OrdinalIgnoreCase));
    }

    private IRenderedComponent<ChangeForm<object>> Change(IReadOnlyList<OrganisationAct> acts) => Render<ChangeForm<object>>(given => Given(given, acts));

    private static ComponentParameterCollectionBuilder<ChangeForm<object>> Given(ComponentParameterCollectionBuilder<ChangeForm<object>> given, IReadOnlyList<OrganisationAct> acts) =>
        given.Add(form => form.Access, Admin).Add(form => form.Acts, () => acts).Add(form => form.Draft, (string?)null);

    private static AngleSharp.Dom.IElement Field<T>(IRenderedComponent<T> form, string label) where T : IComponent =>
        form.FindAll(".mud-input-control").First(field => field.QuerySelector("label")?.TextContent.Trim() == label);

    private static Task TypeAsync<T>(IRenderedComponent<T> form, string label, string words) where T : IComponent =>
        Field(form, label).QuerySelector("input:not([type=hidden])")!.ChangeAsync(new ChangeEventArgs { Value = words });
}
