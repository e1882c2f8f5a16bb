using System.Globalization;
using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Data.Accounts;

/// <summary>What an installation is for.</summary>
public enum InstallationMode
{
    /// <summary>Nobody has started it yet; demo accounts are closed.</summary>
    Undecided,

    /// <summary>Made-up data; the demo accounts open, with the password that everybody knows.</summary>
    Demo,

    /// <summary>The province's own data; demo accounts are closed, and stay so.</summary>
    Production,
}

/// <summary>The mode of the installation. It stands in the database (migration 0031): every node reads the same one, and no start forgets it.</summary>
public static class Installation
{
    /// <summary>The mode as it stands.</summary>
    public static async Task<InstallationMode> ModeAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        Enum.Parse<InstallationMode>((await connection.ScalarAsync<string>("SELECT mode FROM installation", cancel))!, ignoreCase: true);

    /// <summary>Decides at a start. Without demo data it is production from here on, on every node; with them an installation in production goes on as it is.</summary>
    /// <param name="owner">The owner login: no other may decide.</param>
    /// <param name="demo">Whether whoever starts it wants demo data.</param>
    /// <returns>What it is now.</returns>
    /// <exception cref="SetupException"><see cref="SetupFault.DemoRefused"/>: demo data are wanted where somebody real works.</exception>
    public static async Task<InstallationMode> StartAsync(NpgsqlConnection owner, bool demo, CancellationToken cancel)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancel);
        // Held, so that of two nodes that start at once the second sees what the first decided.
        var mode = Enum.Parse<InstallationMode>((await owner.ScalarAsync<string>("SELECT mode FROM installation FOR UPDATE", cancel))!, ignoreCase: true);
        var wanted = demo && mode != InstallationMode.Production ? InstallationMode.Demo : InstallationMode.Production;
        if (wanted == mode)
            return mode;
        if (demo)
            await RequireNobodyAsync(owner, cancel);
        var name = wanted.ToString().ToLowerInvariant();
        await owner.ExecuteAsync("UPDATE installation SET mode = $1, decided_at = now()", cancel, name);
        await owner.ExecuteAsync("INSERT INTO audit (account_name, act, details) VALUES ('console', 'installation-decided', jsonb_build_object('mode', $1::text))", cancel, name);
        await transaction.CommitAsync(cancel);
        return wanted;
    }

    /// <summary>How many demo accounts there are that were not removed.</summary>
    public static Task<long> DemoAccountsAsync(NpgsqlConnection connection, CancellationToken cancel) =>
        connection.ScalarAsync<long>("SELECT count(*) FROM account WHERE demo AND left_at IS NULL", cancel);

    private static async Task RequireNobodyAsync(NpgsqlConnection owner, CancellationToken cancel)
    {
        var real = (await owner.ListAsync("SELECT kind, rows FROM portal_real_rows()", row => (Kind: row.GetString(0), Rows: row.GetInt64(1)), cancel)).ToDictionary(row => row.Kind, row => row.Rows);
        if (real.Count > 0)
            throw new SetupException(SetupFault.DemoRefused, [.. new[] { "accounts", "submissions", "documents" }.Select(kind => real.GetValueOrDefault(kind).ToString(CultureInfo.InvariantCulture))]);
    }
}
