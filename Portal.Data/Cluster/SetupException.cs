namespace QuanTrac.Portal.Data.Cluster;

/// <summary>What keeps the portal from starting; the console makes the sentence in the reader's language.</summary>
public enum SetupFault
{
    /// <summary>No PostgreSQL server programs found. Facts: where they were looked for.</summary>
    NoPostgres,

    /// <summary>The data were made by a version whose programs are missing. Facts: version, folder.</summary>
    PostgresVersionMissing,

    /// <summary>The server user cannot enter a folder on the way to the data. Facts: folder, user.</summary>
    FolderNotEnterable,

    /// <summary>A folder cannot be made or written. Facts: folder, message.</summary>
    FolderNotWritable,

    /// <summary>No room left. Facts: folder, megabytes free.</summary>
    DiskFull,

    /// <summary>The private cluster could not be made. Facts: message.</summary>
    ClusterNotMade,

    /// <summary>The private cluster did not start or stop. Facts: message, log file.</summary>
    ClusterFailed,

    /// <summary>Another run holds the cluster's lock for too long. Facts: lock file.</summary>
    ClusterBusy,

    /// <summary>The connection string cannot be read. Facts: message.</summary>
    ConnectionStringInvalid,

    /// <summary>No answer from the database server. Facts: address, message.</summary>
    ServerUnreachable,

    /// <summary>The server refuses a login. Facts: login, address, message.</summary>
    LoginRefused,

    /// <summary>Facts: version found, version needed.</summary>
    ServerTooOld,

    /// <summary>An extension is not installed on the server. Facts: extension, package.</summary>
    ExtensionNotInstalled,

    /// <summary>An administrator of the server has to act. Facts: login, SQL.</summary>
    NotReady,

    /// <summary>The database is gone, while those that a restore kept or made are there. Facts: database, what is there, the newest of them.</summary>
    DatabaseGone,

    /// <summary>A restore has closed the portal. Facts: none.</summary>
    PortalClosed,

    /// <summary>Migrations are pending while nodes of another version serve. Facts: nodes, migrations.</summary>
    NodesServing,

    /// <summary>The file of logins is not what it should be. Facts: file, message.</summary>
    LoginsFileInvalid,

    /// <summary>Another program listens on the port. Facts: address, message.</summary>
    PortTaken,

    /// <summary>A file in migrations/ has no number or name. Facts: file.</summary>
    MigrationMisnamed,

    /// <summary>Two files bear one number. Facts: first file, second file.</summary>
    MigrationNumberTwice,

    /// <summary>An applied migration was edited. Facts: file.</summary>
    MigrationChanged,

    /// <summary>An applied migration has no file: the database is newer than the program. Facts: file.</summary>
    MigrationMissing,

    /// <summary>A new file stands before one already applied. Facts: file, last applied.</summary>
    MigrationOutOfOrder,

    /// <summary>A file commits or rolls back by itself. Facts: file.</summary>
    MigrationEndsTransaction,

    /// <summary>The server refused a migration; nothing of it remains. Facts: file, line, message.</summary>
    MigrationFailed,

    /// <summary>Demo data are wanted where somebody real works. Facts: how many accounts, submissions, organisation documents.</summary>
    DemoRefused,

    /// <summary>Demo accounts are in use: the installation is a demo.</summary>
    DemoInUse,
}

/// <summary>The portal cannot start, and a person has to do something about it.</summary>
public class SetupException(Exception? cause, SetupFault fault, params string[] facts)
    : Exception($"{fault}: {string.Join(" · ", facts)}", cause)
{
    /// <summary>A fault that no exception told of.</summary>
    public SetupException(SetupFault fault, params string[] facts)
        : this(null, fault, facts)
    {
    }

    /// <summary>Which fault.</summary>
    public SetupFault Fault { get; } = fault;

    /// <summary>What the sentence needs, in the order given at the fault.</summary>
    public IReadOnlyList<string> Facts { get; } = facts;
}

/// <summary>A server that is not ours lacks what only its administrator can give.</summary>
public sealed class NotReadyException(string login, string sql) : SetupException(SetupFault.NotReady, login, sql)
{
    /// <summary>Exactly what the administrator has to run, for psql.</summary>
    public string Sql { get; } = sql;
}
