using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using QuanTrac.Portal.Commands;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Audit;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Audit;

/// <summary>Entries 1 to 6: a sign-in on 1 March at 23:59 and one on 2 March at 00:01 (Quảng Ninh), a refusal and an export of halong's for the
/// city of Hạ Long, an acceptance, and the renaming of a laboratory.</summary>
public sealed class AuditDataTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly PortalOnDatabase portal = new(cluster);

    public async ValueTask InitializeAsync()
    {
        await portal.InitializeAsync();
        await portal.Database.ExecuteAsync(
            """
            TRUNCATE audit RESTART IDENTITY;
            INSERT INTO audit (at, act, account_name) VALUES ('2026-03-01 23:59+07', 'signed-in', 'admin'), ('2026-03-02 00:01+07', 'sign-in-failed', 'admin');
            INSERT INTO audit (at, act, account_name, organisation_id, subject, details)
            SELECT '2026-03-03 08:00+07', act, 'halong', id, subject, details::jsonb FROM organisation,
                (VALUES ('refused', '/operations', '{"capability": "Operate", "from": "10.0.0.7"}'), ('exported', '/duties/download', '{"bytes": 12}')) AS written (act, subject, details)
            WHERE code = 'SONNMT' ORDER BY act DESC;
            INSERT INTO audit (at, act, account_name, subject) VALUES ('2026-03-04 08:00+07', 'accepted', 'manager', '17');
            INSERT INTO laboratory (code, name_vi) VALUES ('PTN', 'Phòng cũ');
            """);
        await portal.Database.ExecuteAsync(
            """
            BEGIN;
            UPDATE laboratory SET name_vi = 'Phòng mới' WHERE code = 'PTN';
            INSERT INTO audit (act, account_name) VALUES ('reassessed', 'manager');
            COMMIT;
            UPDATE laboratory SET name_vi = 'Phòng mới nhất' WHERE code = 'PTN';
            """);
    }

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Theory]
    [InlineData("6 5 4 3 2 1")]
    [InlineData("1", "2026-03-01", "2026-03-01")]
    [InlineData("4 3 2", "2026-03-02", "2026-03-03")]
    [InlineData("2 1", null, null, "ADM")]
    [InlineData("4 3", null, null, null, "sonnmt")]
    [InlineData("4 3", null, null, null, "nông nghiệp và môi trường")]
    [InlineData("", null, null, null, "khong-co")]
    [InlineData("2 1", null, null, null, null, "signin")]
    [InlineData("3", null, null, null, null, "Refused")]
    [InlineData("4", null, null, null, null, "Export")]
    [InlineData("5", null, null, null, null, "Decision", "17")]
    [InlineData("6 5 4 3 2 1", null, null, null, null, "7")]
    [InlineData("3", null, null, null, null, null, "10.0.0.7")]
    // In the words of the act, not in its code.
    [InlineData("5", null, null, null, null, null, "chấp nhận")]
    [InlineData("", null, null, null, null, null, "' OR true --")]
    public async Task List_Filter_LetsThrough(
        string entries, string? from = null, string? to = null, string? account = null, string? organisation = null, string? group = null, string? text = null)
    {
        var filter = AuditFilter.Of(from, to, account, organisation, group, text, null);
        Assert.Equal(entries, await IdsAsync(filter));
        Assert.Equal(entries.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, await portal.WithAsync<AuditData, int>(data => data.CountAsync(CommandContext.Console, filter, default)));
    }

    [Fact]
    public async Task List_InParts_GoesOnInEitherOrder()
    {
        Assert.Equal("4 3", await PageAsync(start: 2, oldestFirst: false));
        Assert.Equal("3 4", await PageAsync(start: 2, oldestFirst: true));
        // An entry with what is around it.
        Assert.Equal("5 4 3 2 1", await IdsAsync(AuditFilter.Of(null, null, null, null, null, null, entry: 2)));
        Assert.Equal(5, await portal.WithAsync<AuditData, int>(data => data.CountAsync(CommandContext.Console, AuditFilter.Of(null, null, null, null, null, null, entry: 2), default)));
    }

    [Fact]
    public async Task Count_OfManyEntries_StopsAfterTheCap()
    {
        await portal.Database.ExecuteAsync("INSERT INTO audit (act) SELECT 'submitted' FROM generate_series(1, 12000)");
        Assert.Equal(10_001, await portal.WithAsync<AuditData, int>(data => data.CountAsync(CommandContext.Console, new(), default)));
    }

    [Fact]
    public async Task Changes_OfAnEntry_TellWhatTheRowWasAndBecame()
    {
        var change = Assert.Single(await portal.WithAsync<AuditData, List<AuditChange>>(data => data.ChangesAsync(CommandContext.Console, 6, default)));
        await portal.WithAsync<IStringLocalizer<AuditTexts>, bool>(texts =>
        {
            var (row, facts) = Assert.Single(AuditWords.Changes(texts, [change]));
            Assert.Equal("Sửa: phòng thử nghiệm", row);
            // Not what it became later still.
            Assert.Equal(new AuditFact("name_vi", "Phòng cũ", "Phòng mới"), Assert.Single(facts));
            return Task.FromResult(true);
        });
        Assert.Empty(await portal.WithAsync<AuditData, List<AuditChange>>(data => data.ChangesAsync(CommandContext.Console, 5, default)));
    }

    [Fact]
    public async Task Facts_OfDetails_AreWords() => await portal.WithAsync<IStringLocalizer<AuditTexts>, bool>(texts =>
    {
        var line = new AuditLine(1, default, "", "", "", "", "refused", "/operations",
            """{"capability": "Operate", "bytes": 123, "role": {"was": "guest", "is": "manager"}, "date": "2026-03-01", "unknown": null, "from": "10.0.0.7"}""");
        Assert.Equal("Bị từ chối tại /operations", AuditWords.Sentence(texts, line));
        Assert.Equal("10.0.0.7", AuditWords.From(line));
        Assert.Equal(["Quyền cần có||vận hành hệ thống", "Dung lượng||123 byte", "Vai trò|khách|quản lý", "Ngày văn bản||01/03/2026", "Từ địa chỉ||10.0.0.7"],
            AuditWords.Facts(texts, line).Select(fact => $"{fact.Label}|{fact.Was}|{fact.Value}"));
        Assert.Equal("Chạy ngay công việc “Niêm phong nhật ký hệ thống”", AuditWords.Sentence(texts, line with { Act = "job-run", Subject = "seal-audit" }));
        Assert.Equal("of-a-later-version 7", AuditWords.Sentence(texts, line with { Act = "of-a-later-version", Subject = "7" }));
        return Task.FromResult(true);
    });

    [Fact]
    public async Task List_ByAnybodyElse_IsRefused() =>
        await Assert.ThrowsAsync<NotAllowedException>(() => portal.WithAsync<AuditData, List<AuditLine>>(data => data.ListAsync(portal.Manager, new(), 10, default)));

    [Fact]
    public async Task Organisations_ToLookFor_AreThoseOfToday()
    {
        var all = await portal.WithAsync<AuditData, IReadOnlyList<(string Code, string Name)>>(data => data.OrganisationsAsync(CommandContext.Console, default));
        Assert.StartsWith("Sở Nông nghiệp và Môi trường", all.Single(one => one.Code == "SONNMT").Name, StringComparison.Ordinal);
        await Assert.ThrowsAsync<NotAllowedException>(() => portal.WithAsync<AuditData, IReadOnlyList<(string Code, string Name)>>(data => data.OrganisationsAsync(portal.Manager, default)));
    }

    private Task<string> PageAsync(int start, bool oldestFirst) => portal.WithAsync<AuditData, string>(async data =>
        string.Join(' ', (await data.ListAsync(CommandContext.Console, new(), 2, default, start, oldestFirst)).Select(line => line.Id)));

    private async Task<string> IdsAsync(AuditFilter filter) =>
        string.Join(' ', (await portal.WithAsync<AuditData, List<AuditLine>>(data => data.ListAsync(CommandContext.Console, filter, 100, default))).Select(line => line.Id));
}
