using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;

namespace QuanTrac.Portal.Data.Cluster;

/// <summary>The address of the database and the password of every login.</summary>
public sealed class DatabaseLogins
{
    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly IReadOnlyDictionary<string, string> _passwords;

    private DatabaseLogins(NpgsqlConnectionStringBuilder address, IReadOnlyDictionary<string, string> passwords) =>
        (_address, _passwords) = (address, passwords);

    /// <summary>The database's name.</summary>
    public string Database => _address.Database!;

    /// <summary>Where the server is, without secrets.</summary>
    public string Server => $"{_address.Host}:{_address.Port}";

    /// <summary>Reads the passwords from the file, or makes the file with new ones.</summary>
    /// <param name="address">Host, port, database and transport options; user and password are replaced.</param>
    /// <param name="file">JSON object: role name to password.</param>
    /// <param name="cancel">Stops the reading.</param>
    /// <exception cref="SetupException"><see cref="SetupFault.LoginsFileInvalid"/></exception>
    public static async Task<DatabaseLogins> LoadAsync(
        NpgsqlConnectionStringBuilder address, string file, CancellationToken cancel)
    {
        try
        {
            if (!File.Exists(file))
            {
                var fresh = DatabaseRoles.All.ToDictionary(l => l.RoleName(), _ => RandomNumberGenerator.GetHexString(40));
                await DataFolder.KeepSecretAsync(file, JsonSerializer.Serialize(fresh), cancel);
            }

            var json = await File.ReadAllTextAsync(file, cancel);
            var passwords = JsonSerializer.Deserialize<Dictionary<string, string>>(json)!;
            var missing = DatabaseRoles.All.Select(l => l.RoleName()).Where(name => !passwords.ContainsKey(name)).ToList();
            return missing.Count == 0
                ? new DatabaseLogins(address, passwords)
                : throw new SetupException(SetupFault.LoginsFileInvalid, file, string.Join(", ", missing));
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new SetupException(SetupFault.LoginsFileInvalid, file, e.Message);
        }
    }

    /// <summary>The same logins on another database of the same server.</summary>
    public DatabaseLogins On(string database) => new(
        new NpgsqlConnectionStringBuilder(_address.ConnectionString) { Database = database }, _passwords);

    /// <summary>The connection string of one login, with its small pool and the province's time zone.</summary>
    public string ConnectionString(DatabaseRole login)
    {
        var connection = new NpgsqlConnectionStringBuilder(_address.ConnectionString)
        {
            Username = login.RoleName(), Password = Password(login),
            Pooling = true, MaxPoolSize = login.PoolSize(),
            Options = $"{_address.Options} {login.Limits()}".Trim(),
            Timezone = "Asia/Ho_Chi_Minh", ApplicationName = "quantrac-portal", IncludeErrorDetail = login == DatabaseRole.Owner,
        };
        // Of a wire that is cut without a word whoever waits hears after half a minute, not after hours. A socket of this machine needs none.
        if (connection is { TcpKeepAlive: false, Host: not ['/', ..] })
            (connection.TcpKeepAlive, connection.TcpKeepAliveTime, connection.TcpKeepAliveInterval, connection.Timeout) = (true, 10, 2, 8);
        return connection.ConnectionString;
    }

    /// <summary>The same, by the role's name.</summary>
    public string ConnectionString(string roleName) =>
        ConnectionString(DatabaseRoles.All.First(login => login.RoleName() == roleName));

    internal string Password(DatabaseRole login) => _passwords[login.RoleName()];
}
