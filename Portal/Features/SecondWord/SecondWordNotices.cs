using System.Globalization;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Features.Notices;

namespace QuanTrac.Portal.Features.SecondWord;

/// <summary>Who is told that something waits for a second person, and what became of it. The owner of the account is told at asking and at doing, by letter too whatever they chose.</summary>
public sealed class SecondWordNotices(PortalDatabase database, RaiseNotice raise)
{
    public const string Page = "/accounts/second-word";

    internal async Task AskedAsync(int id, WordAsk ask, Domain.Access.Access by, CancellationToken cancel)
    {
        await ToOthersAsync(new("SecondWord.Asked", [ask.Kind, ask.Subject, by.AccountName], Page, Key(id, "asked")), by.AccountId, ask.Account, cancel);
        if (ask.Account is { } owner)
            await raise.RunAsync(new("SecondWord.AskedOwner", [ask.Kind, by.AccountName, ask.Reason], "/account", Key(id, "asked-owner")) { Letter = true }, [owner], cancel);
    }

    internal async Task WithdrawnAsync(int id, string kind, string subject, int asker, Domain.Access.Access by, CancellationToken cancel)
    {
        if (asker != by.AccountId)
            await raise.RunAsync(new("SecondWord.Withdrawn", [kind, subject, by.AccountName], Page, Key(id, "withdrawn")), [asker], cancel);
    }

    internal async Task DoneAsync(AskedWord word, Domain.Access.Access by, CancellationToken cancel)
    {
        await raise.RunAsync(new("SecondWord.Done", [word.Kind, word.Subject, by.AccountName], Page, Key(word.Id, "done")), [word.AskedBy], cancel);
        if (word.Account is { } owner)
            await OwnerAsync(word.Kind, owner, $"{word.AskedName}, {by.AccountName}", Key(word.Id, "done-owner"), cancel);
    }

    /// <summary>Done by one person: an account without a say, or by whoever has the machine. Of an account with a say the other administrators are told too.</summary>
    internal async Task DoneAloneAsync(string kind, int account, string name, bool hasSay, Domain.Access.Access by, CancellationToken cancel)
    {
        var key = $"account-renewed:{Guid.NewGuid():N}";
        await OwnerAsync(kind, account, by.AccountName, key, cancel);
        if (hasSay)
            await ToOthersAsync(new("SecondWord.Alone", [kind, name, by.AccountName], "/accounts/" + name, key), by.AccountId, account, cancel);
    }

    /// <summary>A restore waits.</summary>
    internal Task RestoreAskedAsync(string backup, Domain.Access.Access by, CancellationToken cancel) =>
        ToOthersAsync(new("SecondWord.Asked", ["restore", backup, by.AccountName], "/operations/restore", $"restore-asked:{Guid.NewGuid():N}"), by.AccountId, null, cancel);

    private Task<int> OwnerAsync(string kind, int owner, string by, string key, CancellationToken cancel) =>
        raise.RunAsync(new("SecondWord.DoneOwner", [kind, by], "/account", key) { Letter = true }, [owner], cancel);

    private async Task ToOthersAsync(Notice notice, int? but, int? concerned, CancellationToken cancel)
    {
        List<int> administrators;
        await using (var system = await database.OpenSystemAsync(cancel))
        {
            administrators = await system.ListAsync("SELECT id FROM account WHERE role = 'admin' AND left_at IS NULL AND locked_at IS NULL AND id IS DISTINCT FROM $1 AND id IS DISTINCT FROM $2 ORDER BY id",
                row => row.GetInt32(0), cancel, Number(but), Number(concerned));
        }
        await raise.RunAsync(notice, administrators, cancel);
    }

    private static Npgsql.NpgsqlParameter Number(int? id) => new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Integer };

    private static string Key(int id, string what) => string.Create(CultureInfo.InvariantCulture, $"second-word:{id}:{what}");
}
