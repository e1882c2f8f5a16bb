namespace QuanTrac.Portal.Data.Cluster;

/// <summary>The database logins: one for each kind of account, none a member of another.</summary>
public enum Login
{
    /// <summary>Owns the schema; migrations only.</summary>
    Owner,

    /// <summary>Sees all sites.</summary>
    Province,

    /// <summary>Sees the scope set on its connection, and nothing without one.</summary>
    Scoped,

    /// <summary>Sees what is released.</summary>
    Guest,

    /// <summary>Identity, keys and job tables, nothing else.</summary>
    System,

    /// <summary>Reads all for a dump.</summary>
    Backup,
}

/// <summary>What is fixed about each login.</summary>
public static class LoginFacts
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<Login> All { get; } = Enum.GetValues<Login>();

    /// <summary>The role's name in PostgreSQL.</summary>
    public static string RoleName(this Login login) => login switch
    {
        Login.Owner => "quantrac_owner",
        Login.Province => "quantrac_province",
        Login.Scoped => "quantrac_scoped",
        Login.Guest => "quantrac_guest",
        Login.System => "quantrac_system",
        Login.Backup => "quantrac_backup",
        _ => throw new ArgumentOutOfRangeException(nameof(login)),
    };

    /// <summary>Attributes of the role. NOINHERIT but for backup, which lives by the rights of pg_read_all_data.</summary>
    public static string Attributes(this Login login) => login switch
    {
        Login.Owner => "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT",
        Login.Backup => "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS INHERIT",
        _ => "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT",
    };

    /// <summary>Whether the login may make temporary tables (COPY goes through one).</summary>
    public static bool MayMakeTemporaryTables(this Login login) =>
        login is Login.Owner or Login.Province or Login.Scoped or Login.System;

    /// <summary>Connections of one portal node at most: 50 in all, half of what a server takes by default.</summary>
    public static int PoolSize(this Login login) => login switch
    {
        Login.Province or Login.Scoped => 15,
        Login.Guest or Login.System => 8,
        _ => 2,
    };
}
