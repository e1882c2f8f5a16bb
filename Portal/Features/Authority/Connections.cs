using Npgsql;

namespace QuanTrac.Portal.Features.Authority;

/// <summary>The connections that an installation may have, each by the setting that makes it. One is there where its setting is.</summary>
public static class Connections
{
    private static readonly (string Code, string Variable)[] Known =
    [
        ("agency-sign-in", "QUANTRAC_OIDC_AUTHORITY"), ("mail", "QUANTRAC_SMTP"), ("virus-scan", "QUANTRAC_CLAMD"), ("backup-copy", "QUANTRAC_BACKUP_COPY"),
        ("database", "QUANTRAC_DATABASE"), ("proxies", "QUANTRAC_PROXIES"),
    ];

    /// <summary>The codes of all.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(known => known.Code), "data-sharing"];

    /// <summary>Those that are set, with where they lead.</summary>
    public static IEnumerable<(string Code, string Where)> Set(Func<string, string?> setting) =>
        Known.Select(known => (known.Code, Where: setting(known.Variable) ?? "")).Where(known => known.Where.Length > 0)
            .Select(known => (known.Code, known.Code == "database" ? HostOf(known.Where) : known.Where));

    // The password in it is nobody's to read.
    private static string HostOf(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host ?? "";
        }
        catch (ArgumentException)
        {
            return "";
        }
    }
}
