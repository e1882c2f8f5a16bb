using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Features.Accounts;

namespace QuanTrac.Portal.Features.SecondWord;

/// <summary>Takes back what waits for a second word: whoever asked, or another administrator who does not agree.</summary>
public sealed class WithdrawSecondWord(PortalDatabase database, SecondWordNotices notices)
{
    /// <returns>Null where it is done.</returns>
    public async Task<WordProblem?> RunAsync(Domain.Access.Access access, int id, CancellationToken cancel)
    {
        access.Demand(Capability.ManageAccounts);
        await using var system = await database.OpenSystemAsync(cancel);
        await using var transaction = await system.BeginTransactionAsync(cancel);
        var (kind, subject, asker) = (await system.ListAsync(
            "UPDATE second_word SET state = 'withdrawn' WHERE id = $1 AND state = 'asked' RETURNING kind, subject, asked_by",
            row => (row.GetString(0), row.GetString(1), row.GetInt32(2)), cancel, id)).FirstOrDefault();
        if (kind is null)
            return WordProblem.NotOpen;
        await WriteAudit.AsAsync(system, access, "second-word-withdrawn", subject, new { what = kind });
        await transaction.CommitAsync(cancel);
        await notices.WithdrawnAsync(id, kind, subject, asker, access, cancel);
        return null;
    }
}
