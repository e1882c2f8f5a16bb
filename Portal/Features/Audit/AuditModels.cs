using System.Globalization;

namespace QuanTrac.Portal.Features.Audit;

/// <summary>Which entries to show.</summary>
/// <param name="From">First day, in Quảng Ninh.</param>
/// <param name="To">Last day, itself included.</param>
/// <param name="Account">Part of the name of an account.</param>
/// <param name="Organisation">Code or part of the name.</param>
/// <param name="Words">In the act, the subject or the details.</param>
/// <param name="Before">Only entries with a smaller number.</param>
/// <param name="Entry">The entry to open; the list begins shortly above it and knows no other filter.</param>
public sealed record AuditFilter(
    DateOnly? From = null, DateOnly? To = null, string? Account = null, string? Organisation = null, AuditGroup? Group = null, string? Words = null,
    long? Before = null, long? Entry = null)
{
    // Of an entry that somebody is sent to, what happened around it is seen too.
    private const int Around = 3;

    public static AuditFilter Of(string? from, string? to, string? account, string? organisation, string? group, string? words, long? entry) => entry is { } one
        ? new(Before: one + Around + 1, Entry: one)
        : new(Day(from), Day(to), Typed(account), Typed(organisation), Enum.TryParse<AuditGroup>(group, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : null,
            Typed(words));

    /// <summary>As an address says it.</summary>
    public string Query => string.Join('&', new[]
    {
        Pair("from", Text(From)), Pair("to", Text(To)), Pair("account", Account), Pair("organisation", Organisation), Pair("group", Group?.ToString()), Pair("text", Words),
    }.Where(pair => pair is not null));

    public static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Pair(string name, string? value) => value is null ? null : $"{name}={Uri.EscapeDataString(value)}";

    private static string? Typed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>An entry of the audit.</summary>
/// <param name="Organisation">Its name today; empty where nobody was signed in.</param>
/// <param name="Details">A JSON object.</param>
public sealed record AuditLine(
    long Id, DateTimeOffset At, string Account, string OrganisationCode, string Organisation, string Login, string Act, string Subject, string Details);

/// <summary>A row that an entry changed, as JSON.</summary>
/// <param name="After">Null where it was deleted.</param>
public sealed record AuditChange(string Table, bool Deleted, string Before, string? After);
