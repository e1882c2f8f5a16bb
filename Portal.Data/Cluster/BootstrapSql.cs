namespace QuanTrac.Portal.Data.Cluster;

/// <summary>The statements of <see cref="Bootstrap"/>: the same whether run here or shown to an administrator.</summary>
public sealed class BootstrapSql(DatabaseLogins logins)
{
    public const string ReadAll = "pg_read_all_data";
    public const string GrantReadAll = "GRANT pg_read_all_data TO quantrac_backup";
    public const string CloseSchema = "REVOKE CREATE ON SCHEMA public FROM PUBLIC";

    // The owner inherits nothing, so the schema has to be its own by name.
    public const string OwnSchema = "ALTER SCHEMA public OWNER TO quantrac_owner";

    /// <summary>An empty database with the extensions: a copy to restore into is made of it without a superuser.</summary>
    public const string Template = "quantrac_template";

    public const string CreateTemplate = "CREATE DATABASE quantrac_template OWNER quantrac_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'";

    /// <summary>What follows the name of the portal's database in the name of one that a restore replaced.</summary>
    public const string KeptMark = "_before_";

    public const string Draft = "quantrac_template_draft";
    public const string DropDraft = "DROP DATABASE IF EXISTS quantrac_template_draft WITH (FORCE)";
    public const string CreateDraft = "CREATE DATABASE quantrac_template_draft OWNER quantrac_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'";
    public const string CloseDraft = "REVOKE ALL ON DATABASE quantrac_template_draft FROM PUBLIC";
    public const string NameDraft = "ALTER DATABASE quantrac_template_draft RENAME TO quantrac_template";

    private readonly string _database = Quote(logins.Database);

    public static IReadOnlyList<string> Extensions { get; } = ["postgis", "btree_gist", "unaccent", "pg_trgm"];

    public string CreateDatabase =>
        $"CREATE DATABASE {_database} OWNER quantrac_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'";

    public string OwnDatabase => $"ALTER DATABASE {_database} OWNER TO quantrac_owner";

    public string CloseDatabase => $"REVOKE ALL ON DATABASE {_database} FROM PUBLIC";

    /// <summary>Of a database that stands beside the portal's own, such as the one that a restore replaced: its owner, and whoever makes backups, may enter.</summary>
    public string CloseBeside => $"REVOKE ALL ON DATABASE {_database} FROM PUBLIC, quantrac_province, quantrac_scoped, quantrac_guest, quantrac_system";

    public static string AlterRole(DatabaseRole role) => $"ALTER ROLE {role.RoleName()} {role.Attributes()}";

    public static string Leave(string group, DatabaseRole role) => $"REVOKE {Quote(group)} FROM {role.RoleName()}";

    public static string CreateExtension(string name) => $"CREATE EXTENSION IF NOT EXISTS {name}";

    public static string Rights(DatabaseRole role) => role.MayMakeTemporaryTables() ? "CONNECT, TEMPORARY" : "CONNECT";

    public string CreateRole(DatabaseRole role) =>
        $"CREATE ROLE {role.RoleName()} {role.Attributes()} PASSWORD '{ScramVerifier.Of(logins.Password(role))}'";

    public string SetPassword(DatabaseRole role) =>
        $"ALTER ROLE {role.RoleName()} PASSWORD '{ScramVerifier.Of(logins.Password(role))}'";

    public string LetIn(DatabaseRole role) => $"GRANT {Rights(role)} ON DATABASE {_database} TO {role.RoleName()}";

    /// <summary>All that a bare server needs.</summary>
    public List<string> WholeServer() =>
    [
        .. DatabaseRoles.All.Select(CreateRole), GrantReadAll, CreateDatabase, CloseDatabase,
        .. DatabaseRoles.All.Where(role => role != DatabaseRole.Owner).Select(LetIn),
    ];

    /// <summary>All that a bare database needs.</summary>
    public static List<string> WholeDatabase() => [.. Extensions.Select(CreateExtension), OwnSchema, CloseSchema];

    /// <summary>For psql: all that proofs and restores need of a superuser.</summary>
    public static string TemplateScript { get; } = string.Join('\n', [CreateTemplate + ";", "REVOKE ALL ON DATABASE quantrac_template FROM PUBLIC;", "\\connect quantrac_template", .. WholeDatabase().Select(s => s + ";")]);

    /// <summary>For psql.</summary>
    public string Script(IEnumerable<string> onServer, IEnumerable<string> inDatabase) => string.Join(
        '\n', [.. onServer.Select(s => s + ";"), $"\\connect {_database}", .. inDatabase.Select(s => s + ";")]);

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
