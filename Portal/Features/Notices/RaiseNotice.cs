using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Notices;

/// <summary>Something that people are told.</summary>
/// <param name="Kind">The key of its sentence in NoticesTexts: "Duty.Reminder".</param>
/// <param name="Facts">What the sentence has in its places, in order; days as yyyy-MM-dd.</param>
/// <param name="Address">The page to open, from the root.</param>
/// <param name="Key">Told once to each account under this key.</param>
public sealed record Notice(string Kind, IReadOnlyList<string> Facts, string Address, string Key)
{
    /// <summary>Goes out by letter at once, whatever the account chose, where any address of it is known.</summary>
    public bool Letter { get; init; }
}

/// <summary>Tells accounts of something: in the portal at once, and by e-mail as each has chosen. Told twice under one key, it is heard once.</summary>
public sealed class RaiseNotice(PortalDatabase database, TimeProvider clock)
{
    /// <summary>How many accounts were newly told.</summary>
    public async Task<int> RunAsync(Notice notice, IReadOnlyCollection<int> accounts, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        return await RunAsync(connection, notice, accounts, cancel);
    }

    /// <summary>The same to every administrator.</summary>
    public async Task<int> ToAdministratorsAsync(Notice notice, CancellationToken cancel)
    {
        await using var connection = await database.OpenSystemAsync(cancel);
        var administrators = await connection.ListAsync("SELECT id FROM account WHERE role = 'admin' ORDER BY id", row => row.GetInt32(0), cancel);
        return await RunAsync(connection, notice, administrators, cancel);
    }

    // In the order of the accounts, so that two nodes that tell the same do not wait for one another crosswise.
    private Task<int> RunAsync(NpgsqlConnection connection, Notice notice, IReadOnlyCollection<int> accounts, CancellationToken cancel) => connection.ScalarAsync<int>(
        """
        SELECT count(*) FILTER (WHERE portal_raise_notice(told.id, $2, $3, $4, $5, $6, $7))::int FROM (SELECT id FROM account WHERE id = ANY ($1) ORDER BY id) AS told
        """, cancel, accounts.ToArray(), notice.Kind, notice.Facts.ToArray(), notice.Address, notice.Key, clock.GetUtcNow(), notice.Letter);
}
