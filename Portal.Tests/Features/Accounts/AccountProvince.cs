using Microsoft.AspNetCore.Identity;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Accounts;
using QuanTrac.Portal.Features.AccountLife;
using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Accounts;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>Two administrators, the Department, its sub-department, a board with two accounts, a facility and another one, a guest, and a clock that a test sets.</summary>
public sealed class AccountProvince(TestCluster cluster) : IAsyncLifetime
{
    private int serial;

    public PortalOnDatabase Portal { get; } = new(cluster);

    public Access Admin { get; private set; } = null!;
    public Access Admin2 { get; private set; } = null!;
    public Access Department => Portal.Manager;
    public Access SubDepartment { get; private set; } = null!;
    public Access Board { get; private set; } = null!;
    public Access Facility { get; private set; } = null!;
    public Access Other { get; private set; } = null!;
    public Access Guest { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        At("2026-06-11 10:00");
        // Made before the clock was set.
        await Portal.Database.ExecuteAsync("UPDATE account SET created_at = '2026-06-11 10:00+07'");
        await Portal.Database.ExecuteAsync(
            """
            INSERT INTO organisation (code, kind, confidence, origin) VALUES ('T-FAC', 'facility', 'high', 'local'), ('T-FAC2', 'facility', 'high', 'local'), ('T-PUBLIC', 'public', 'high', 'local');
            INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, code, '(,)', 'high' FROM organisation WHERE code LIKE 'T-%';
            """);
        Admin = await Portal.AccountAsync("admin", Role.Admin, "TTCNTT");
        Admin2 = await Portal.AccountAsync("admin2", Role.Admin, "TTCNTT");
        SubDepartment = await Portal.AccountAsync("subdepartment", Role.Manager, "CCBVMT");
        Board = await Portal.AccountAsync("board", Role.Manager, "BQLVHL");
        Facility = await Portal.AccountAsync("facility", Role.Facility, "T-FAC");
        Other = await Portal.AccountAsync("other", Role.Facility, "T-FAC2");
        Guest = await Portal.AccountAsync("guest", Role.Guest, "T-PUBLIC");
    }

    public async ValueTask DisposeAsync() => await Portal.DisposeAsync();

    public void At(string local) => Portal.Clock.Now = new(DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(7));

    /// <summary>A person whom no other test names.</summary>
    public RequestPerson Somebody(string role = "facility") =>
        new(RequestAct.Grant, null, $"Nguyễn Văn {++serial}", $"nguyen.van.{serial}", role, $"nguyen.van.{serial}@example.vn", "0912 345 678", false, null, "");

    public Task<(int Id, AccountProblem? Problem)> StartAsync(Access by, string organisation, string letter = "12/CV") =>
        Portal.WithAsync<StartRequest, (int, AccountProblem?)>(start => start.RunAsync(by, organisation, letter, new(2026, 1, 5), default));

    public Task<RequestDetail?> FindAsync(Access by, int id) => Portal.WithAsync<RequestData, RequestDetail?>(data => data.FindAsync(by, id, "vi", default));

    /// <summary>Saves into the version that stands.</summary>
    public async Task<AccountProblem?> SaveAsync(Access by, int id, RequestPerson person, string? version = null) =>
        await Portal.WithAsync<SavePerson, AccountProblem?>(async save => await save.RunAsync(by, id, version ?? await VersionAsync(id), person, default));

    public async Task<AccountProblem?> AttachAsync(Access by, int id, string file = "cong-van.pdf", string content = "%PDF-1.4")
    {
        using var scan = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(content));
        return await Portal.WithAsync<AttachLetter, AccountProblem?>(attach => attach.RunAsync(by, id, file, scan, default));
    }

    public async Task<AccountProblem?> SendAsync(Access by, int id, string? version = null) => await Portal.WithAsync<SendRequest, AccountProblem?>(
        async send => await send.RunAsync(by, id, version ?? await VersionAsync(id), "12/CV", new(2026, 1, 5), default));

    public async Task<AccountProblem?> AssembleAsync(Access by, int id, string? back = null, string? version = null) => await Portal.WithAsync<AssembleRequest, AccountProblem?>(
        async assemble => await assemble.RunAsync(by, id, version ?? await VersionAsync(id), back, default));

    public async Task<AccountProblem?> DecideAsync(Access by, int id, string? refusal = null, string? version = null) => await Portal.WithAsync<DecideRequest, AccountProblem?>(
        async decide => await decide.RunAsync(by, id, version ?? await VersionAsync(id), refusal, default));

    public async Task<Granted> GrantAsync(Access by, int id, string? version = null) => await Portal.WithAsync<GrantRequest, Granted>(
        async grant => await grant.RunAsync(by, id, version ?? await VersionAsync(id), default));

    /// <summary>A request that has been sent.</summary>
    public async Task<int> SentAsync(Access by, string organisation, params RequestPerson[] persons)
    {
        var (id, problem) = await StartAsync(by, organisation);
        Assert.Null(problem);
        foreach (var person in persons)
            Assert.Null(await SaveAsync(by, id, person));
        Assert.Null(await AttachAsync(by, id));
        Assert.Null(await SendAsync(by, id));
        return id;
    }

    /// <summary>A request that the Department approved.</summary>
    public async Task<int> ApprovedAsync(Access by, string organisation, params RequestPerson[] persons)
    {
        var id = await SentAsync(by, organisation, persons);
        Assert.Null(await AssembleAsync(Admin, id));
        Assert.Null(await DecideAsync(Department, id));
        return id;
    }

    /// <summary>Makes an account by request, approval and grant.</summary>
    public async Task<(int Id, string Name, string Password)> GrantedAsync(Access by, string organisation, RequestPerson person)
    {
        var granted = await GrantAsync(Admin2, await ApprovedAsync(by, organisation, person));
        Assert.Null(granted.Problem);
        var slip = Assert.Single(granted.Passwords);
        return (await IdAsync(slip.Name), slip.Name, slip.Password);
    }

    public async Task<string> VersionAsync(int id) => (string)(await ReadAsync($"SELECT xmin::text FROM account_request WHERE id = {id}"))!;

    public async Task<int> IdAsync(string name) => (int)(await ReadAsync($"SELECT id FROM account WHERE user_name = '{name}'"))!;

    public Task<object?> ReadAsync(string sql) => Portal.Database.ReadAsync(DatabaseRole.Owner, sql);

    public async Task<long> CountAsync(string from) => (long)(await ReadAsync($"SELECT count(*) FROM {from}"))!;

    public async Task<List<string>> ListAsync(string sql)
    {
        await using var connection = await Portal.Database.OpenAsync(DatabaseRole.Owner);
        return await connection.ListAsync(sql, row => row.GetString(0), default);
    }

    public Task<AccountDetail?> AccountAsync(Access by, string name) => Portal.WithAsync<AccountsData, AccountDetail?>(data => data.FindAsync(by, name, "vi", default));

    public Task<List<string>> ToldAsync(Access who, int request) => ListAsync($"SELECT kind FROM notice WHERE account_id = {who.AccountId} AND address = '/accounts/requests/{request}' ORDER BY id");

    /// <summary>Whether a password opens an account, as the framework checks it.</summary>
    public Task<bool> OpensAsync(string name, string password) => Portal.WithAsync<UserManager<QuanTrac.Portal.Data.Accounts.Account>, bool>(
        async accounts => await accounts.FindByNameAsync(name) is { } account && await accounts.CheckPasswordAsync(account, password));
}
