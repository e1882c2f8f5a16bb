using System.Text;
using QuanTrac.Portal.Features.Organisations;
using static QuanTrac.Portal.Tests.Features.Organisations.CompanyFamily;

namespace QuanTrac.Portal.Tests.Features.Organisations;

/// <summary>The template of organisations: what is taken, and each thing that is not.</summary>
public sealed class ReadTemplateTests(CompanyFamily family) : IClassFixture<CompanyFamily>
{
    private const string Header = "Mã,Loại,Tên tiếng Việt,Tên tiếng Anh,Mã đơn vị chủ quản,Nhóm dữ liệu,Mã địa bàn cấp xã\n";

    [Fact]
    public async Task Read_NewAndKnownRows_BecomeActsParentsFirst()
    {
        var reading = await ReadAsync("# Mẫu\n" + Header
            + "I-SUB,Cơ sở sản xuất,Công ty con,,I-GROUP,,\n"
            + "I-GROUP,parent,Tập đoàn,Group,,,\n"
            + "I-BODY,body,Cơ quan,,,\"c, e\",6652 06658\n"
            + "T-SUB,facility,Tên mới,,,,\n"
            + "T-OTHER,facility,Tên T-OTHER,,,,\n");
        Assert.Empty(reading.Problems);
        Assert.Equal((5, 1), (reading.Rows, reading.Unchanged));
        Assert.Equal(["AddOrganisation I-GROUP", "AddOrganisation I-BODY", "ChangeUnits 06652 06658", "RenameOrganisation Tên mới", "AddOrganisation I-SUB"], reading.Acts.Select(act => act switch
        {
            AddOrganisation add => $"AddOrganisation {add.Code}",
            RenameOrganisation rename => $"RenameOrganisation {rename.NameVi}",
            ChangeUnits units => $"ChangeUnits {string.Join(' ', units.Add)}",
            _ => act.GetType().Name,
        }));
        Assert.Equal("ce", reading.Acts.OfType<AddOrganisation>().Single(add => add.Code == "I-BODY").DataGroups);
        var made = Made(await family.ChangeAsync("2026-06-15", [.. reading.Acts]));
        Assert.Equal(("Tên mới", 3L), (await family.ReadAsync("SELECT name_vi FROM organisation_name n JOIN organisation o ON o.id = n.organisation_id WHERE o.code = 'T-SUB' AND valid @> date '2026-06-15'"),
            await family.ReadAsync("SELECT count(*) FROM organisation WHERE code LIKE 'I-%'")));
        Assert.Equal(made, await family.ReadAsync("SELECT max(change_id) FROM organisation WHERE code LIKE 'I-%'"));
    }

    [Theory]
    [InlineData("x y,facility,Tên,,,,", 2, TemplateFault.CodeWrong)]
    [InlineData("I-1,đế quốc,Tên,,,,", 2, TemplateFault.KindUnknown)]
    [InlineData("I-1,facility,,,,,", 2, TemplateFault.NameMissing)]
    [InlineData("I-1,facility,Tên,,I-NOBODY,,", 2, TemplateFault.ParentUnknown)]
    [InlineData("I-1,facility,Tên,,T-BOARD,,", 2, TemplateFault.ParentOfThatKind)]
    [InlineData("I-1,facility,Tên,,,cf,", 2, TemplateFault.GroupsWrong)]
    [InlineData("I-1,commune,Tên,,,,99999", 2, TemplateFault.UnitUnknown)]
    [InlineData("I-1,facility,Tên,,,,\nI-1,facility,Tên,,,,", 3, TemplateFault.CodeTwice)]
    [InlineData("T-OLD,facility,Tên,,,,", 2, TemplateFault.KindDiffers)]
    [InlineData("I-1,facility,=cmd|x,,,,", 2, TemplateFault.Formula)]
    public async Task Read_WrongCell_IsNamedAndNothingIsTaken(string rows, int row, TemplateFault fault)
    {
        var reading = await ReadAsync(Header + rows + "\n");
        Assert.Equal([(row, fault)], reading.Problems.Select(problem => (problem.Row, problem.Fault)));
        Assert.Empty(reading.Acts);
    }

    [Theory]
    [InlineData("Mã,Tên tiếng Việt\nI-1,Tên\n", TemplateFault.ColumnMissing)]
    [InlineData("%PDF-1.4 không phải bảng", TemplateFault.FileUnreadable)]
    public async Task Read_NotATable_IsSaid(string content, TemplateFault fault) => Assert.Contains(fault, (await ReadAsync(content)).Problems.Select(problem => problem.Fault));

    [Fact]
    public async Task Read_CircleInTheFile_IsRefusedByTheChange()
    {
        var reading = await ReadAsync(Header + "C-1,facility,Một,,C-2,,\nC-2,facility,Hai,,C-1,,\n");
        Assert.Empty(reading.Problems);
        Assert.Equal(OrganisationFault.OrganisationUnknown, (await family.PreviewAsync("2026-06-15", [.. reading.Acts])).Fault);
    }

    private async Task<TemplateReading> ReadAsync(string csv)
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        var file = await family.Portal.WithAsync<KeepFile, Scan>(keep => keep.RunAsync(family.Admin, content, "to chuc.csv", default));
        return await family.Portal.WithAsync<ReadTemplate, TemplateReading>(read => read.RunAsync(family.Admin, file!, Day("2026-06-15"), default));
    }
}
