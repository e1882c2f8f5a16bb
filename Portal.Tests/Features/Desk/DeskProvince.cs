using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Desk;
using QuanTrac.Portal.Features.Desk;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Desk;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>Two administrators, a parent company with its facility (two accounts), another facility, two guests of one organisation, and a clock that a test sets.</summary>
public sealed class DeskProvince(TestCluster cluster) : IAsyncLifetime
{
    public PortalOnDatabase Portal { get; } = new(cluster);

    public Access Admin { get; private set; } = null!;
    public Access Admin2 { get; private set; } = null!;
    public Access Parent { get; private set; } = null!;
    public Access Facility { get; private set; } = null!;
    public Access Colleague { get; private set; } = null!;
    public Access Other { get; private set; } = null!;
    public Access Guest { get; private set; } = null!;
    public Access Guest2 { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        await Portal.Database.ExecuteAsync(
            """
            INSERT INTO organisation (code, kind, confidence, origin) VALUES ('T-PARENT', 'parent', 'high', 'local'), ('T-FAC', 'facility', 'high', 'local'),
                ('T-FAC2', 'facility', 'high', 'local'), ('T-PUBLIC', 'public', 'high', 'local');
            INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, code, '(,)', 'high' FROM organisation WHERE code LIKE 'T-%';
            INSERT INTO organisation_parent (organisation_id, parent_id, valid)
            SELECT c.id, p.id, '(,)' FROM organisation c, organisation p WHERE c.code LIKE 'T-FAC%' AND p.code = 'T-PARENT';
            """);
        Admin = await Portal.AccountAsync("admin", Role.Admin, "TTCNTT");
        Admin2 = await Portal.AccountAsync("admin2", Role.Admin, "TTCNTT");
        Parent = await Portal.AccountAsync("parent", Role.Parent, "T-PARENT");
        Facility = await Portal.AccountAsync("facility", Role.Facility, "T-FAC");
        Colleague = await Portal.AccountAsync("colleague", Role.Facility, "T-FAC");
        Other = await Portal.AccountAsync("other", Role.Facility, "T-FAC2");
        Guest = await Portal.AccountAsync("guest", Role.Guest, "T-PUBLIC");
        Guest2 = await Portal.AccountAsync("guest2", Role.Guest, "T-PUBLIC");
        // A Thursday.
        At("2026-06-11 10:00");
    }

    public async ValueTask DisposeAsync() => await Portal.DisposeAsync();

    public void At(string local) => Portal.Clock.Now = new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(7));

    public Task<(int Id, DeskProblem? Problem)> TryAskAsync(Access access, DeskQuestion question) =>
        Portal.WithAsync<AskDesk, (int, DeskProblem?)>(ask => ask.RunAsync(access, question, default));

    public async Task<int> AskAsync(Access access, DeskKind kind = DeskKind.Support, string severity = "", bool personal = false)
    {
        var (id, problem) = await TryAskAsync(access, new(kind, "Tiêu đề", "Nội dung", Severity: severity, PersonalData: personal));
        Assert.Null(problem);
        return id;
    }

    public async Task<DeskItem?> FindAsync(Access access, int id) => await Portal.WithAsync<DeskData, DeskItem?>(data => data.FindAsync(access, id, "vi", default));

    /// <summary>Answers from the version that stands.</summary>
    public async Task<DeskProblem?> AnswerAsync(Access access, int id, DeskState to, string words = "Trả lời", int? owner = null, string? version = null) =>
        await Portal.WithAsync<AnswerDesk, DeskProblem?>(async answer =>
            await answer.RunAsync(access, id, version ?? (await FindAsync(Admin, id))?.Version ?? "0", words, to, owner, default));

    public Task<DeskProblem?> ReplyAsync(Access access, int id, string words = "Thêm") =>
        Portal.WithAsync<ReplyDesk, DeskProblem?>(reply => reply.RunAsync(access, id, words, default));

    public Task<DeskProblem?> CloseAsync(Access access, int id) => Portal.WithAsync<CloseDesk, DeskProblem?>(close => close.RunAsync(access, id, default));

    public Task<DeskProblem?> ReopenAsync(Access access, int id, string reason = "Chưa xong") =>
        Portal.WithAsync<ReopenDesk, DeskProblem?>(reopen => reopen.RunAsync(access, id, reason, default));

    public Task<DeskProblem?> ReportAsync(Access access, int id, string step, string document = "12/BC-TT") =>
        Portal.WithAsync<ReportDesk, DeskProblem?>(report => report.RunAsync(access, id, step, document, default));

    public async Task<DeskProblem?> AttachAsync(Access access, int id, string file = "ghi chu.txt", string words = "tệp")
    {
        using var content = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(words));
        return await Portal.WithAsync<AttachDeskFile, DeskProblem?>(attach => attach.RunAsync(access, id, "", file, content, default));
    }

    public Task<(int Overdue, int Told)> RemindAsync() => Portal.WithAsync<RemindDesk, (int, int)>(remind => remind.RunAsync(Admin, default));

    /// <summary>When the next deadline of an item ends, by the clocks there: "2026-06-16 23:59".</summary>
    public async Task<string?> DueAsync(int id) => await ReadAsync(
        $"SELECT to_char(due_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') FROM desk_item WHERE id = {id}") as string;

    public Task<object?> ReadAsync(string sql) => Portal.Database.ReadAsync(DatabaseRole.Owner, sql);

    public async Task<List<string>> ListAsync(string sql)
    {
        await using var connection = await Portal.Database.OpenAsync(DatabaseRole.Owner);
        return await connection.ListAsync(sql, row => row.GetString(0), default);
    }

    /// <summary>What an account was told of an item, in order.</summary>
    public Task<List<string>> ToldAsync(Access access, int id) => ListAsync(
        $"SELECT kind FROM notice WHERE account_id = {access.AccountId} AND address = '/desk/{id}' ORDER BY id");
}
