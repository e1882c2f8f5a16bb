using System.Text.Json;
using QuanTrac.Portal.Features.Personal;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>A saved view of the board of duties and a half-written question at the desk, through the use-cases of the pages.</summary>
internal static class DemoPersonal
{
    public static async Task EnsureAsync(IServiceProvider portal, Domain.Access.Access reader, Domain.Access.Access writer, CancellationToken cancel)
    {
        await portal.GetRequiredService<ListViews>().SaveAsync(reader, "nghia-vu", new("Mẫu: đơn vị chậm, theo tên", "view=board&state=late&order=organisation"), cancel);
        await portal.GetRequiredService<Drafts>().KeepAsync(writer, "desk/new/support", JsonSerializer.Serialize(new { Title = "Mẫu: chưa gửi", Words = "Mẫu: câu hỏi đang viết dở." }), cancel);
    }
}
