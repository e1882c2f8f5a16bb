namespace QuanTrac.Portal.Data.Cluster;

/// <summary>The roles that log in to the database: one for each kind of account, none a member of another.</summary>
public enum DatabaseRole
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
public static class DatabaseRoles
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<DatabaseRole> All { get; } = Enum.GetValues<DatabaseRole>();

    /// <summary>The role's name in PostgreSQL.</summary>
    public static string RoleName(this DatabaseRole login) => login switch
    {
        DatabaseRole.Owner => "quantrac_owner",
        DatabaseRole.Province => "quantrac_province",
        DatabaseRole.Scoped => "quantrac_scoped",
        DatabaseRole.Guest => "quantrac_guest",
        DatabaseRole.System => "quantrac_system",
        DatabaseRole.Backup => "quantrac_backup",
        _ => throw new ArgumentOutOfRangeException(nameof(login)),
    };

    /// <summary>Attributes of the role. NOINHERIT but for backup, which lives by the rights of pg_read_all_data.</summary>
    public static string Attributes(this DatabaseRole login) => login switch
    {
        DatabaseRole.Owner => "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT",
        DatabaseRole.Backup => "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS INHERIT",
        _ => "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS NOINHERIT",
    };

    /// <summary>Whether the login may make temporary tables (COPY goes through one).</summary>
    public static bool MayMakeTemporaryTables(this DatabaseRole login) =>
        login is DatabaseRole.Owner or DatabaseRole.Province or DatabaseRole.Scoped or DatabaseRole.System;

    /// <summary>How long a statement may take, and a transaction may wait for its next one: what somebody asks for ends, and what died lets its locks go. Work
    /// on whole sets takes more for itself (<c>AllowLongAsync</c>); the owner migrates, and the backup reads all, as long as it takes.</summary>
    public static string Limits(this DatabaseRole login) => login switch
    {
        DatabaseRole.Province or DatabaseRole.Scoped => "-c statement_timeout=5min -c idle_in_transaction_session_timeout=15min",
        // The worker of the queue holds its row through a check.
        DatabaseRole.System => "-c statement_timeout=2min -c idle_in_transaction_session_timeout=15min",
        DatabaseRole.Guest => "-c statement_timeout=30s -c idle_in_transaction_session_timeout=1min",
        _ => "-c statement_timeout=0",
    };

    /// <summary>Connections of one portal node at most: 50 in all, half of what a server takes by default.</summary>
    public static int PoolSize(this DatabaseRole login) => login switch
    {
        DatabaseRole.Province or DatabaseRole.Scoped => 15,
        DatabaseRole.Guest or DatabaseRole.System => 8,
        _ => 2,
    };
}
