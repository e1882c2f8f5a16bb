using Npgsql;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Commands.Diagnosis;

/// <summary>Whether the wall in the database stands: nothing for everybody, row-level security everywhere, no login above the policies.</summary>
public static class RightsCheck
{
    // Each gives the names of what is wrong.
    private static readonly (Level Level, string Code, string Sql)[] Questions =
    [
        (Level.Red, "Rights.Tables",
            """
            SELECT DISTINCT c.oid::regclass::text FROM pg_class c, aclexplode(c.relacl) a WHERE c.relnamespace = 'public'::regnamespace AND a.grantee = 0
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
            """),
        (Level.Red, "Rights.NoPolicy",
            """
            SELECT c.oid::regclass::text FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relrowsecurity
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'e')
            """),
        (Level.Red, "Rights.Partitions",
            "SELECT DISTINCT c.oid::regclass::text FROM pg_class c, aclexplode(c.relacl) a WHERE c.relispartition AND c.relkind = 'r' AND a.grantee <> c.relowner"),
        (Level.Red, "Rights.Definer",
            """
            SELECT p.oid::regprocedure::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND has_function_privilege('public', p.oid, 'EXECUTE')
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')
            """),
        (Level.Yellow, "Rights.Triggers",
            """
            SELECT p.proname::text FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prorettype = 'trigger'::regtype AND NOT p.prosecdef
                AND has_function_privilege('public', p.oid, 'EXECUTE')
                AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e')
            """),
        (Level.Red, "Rights.Logins",
            "SELECT rolname::text FROM pg_roles WHERE starts_with(rolname, 'quantrac_') AND (rolsuper OR rolcreaterole OR rolbypassrls AND rolname <> 'quantrac_backup')"),
    ];

    /// <param name="openBeside">What closes the databases beside the portal's, where other logins may enter them.</param>
    public static async Task<IEnumerable<Finding>> LookAsync(NpgsqlConnection owner, IReadOnlyList<string> openBeside, CancellationToken cancel)
    {
        List<Finding> found = [];
        foreach (var (level, code, sql) in Questions)
        {
            var names = await owner.ListAsync(sql, row => row.GetString(0), cancel);
            if (names.Count > 0)
                found.Add(new(level, code, string.Join(", ", names.Order(StringComparer.Ordinal))));
        }
        if (openBeside.Count > 0)
            found.Add(Finding.Yellow("Rights.Databases", string.Join(' ', openBeside.Select(sql => sql + ";"))));
        return found.Count > 0 ? found : [Finding.Green("Rights.Well")];
    }
}
