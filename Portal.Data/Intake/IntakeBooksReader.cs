using Npgsql;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Intake;
using QuanTrac.Portal.Domain.Measuring;

namespace QuanTrac.Portal.Data.Intake;

/// <summary>What a file is checked against, as the account that hands in sees it.</summary>
/// <param name="Programmes">The programme of a site, data group and medium; the oldest where several sample it.</param>
public sealed record IntakeReference(
    IntakeBooks Books, KnownSites Sites, IReadOnlyDictionary<(int Site, string Group, string Medium), (int Id, string Code)> Programmes);

/// <summary>Reads the books, the sites in scope and their programmes.</summary>
public static class IntakeBooksReader
{
    public static async Task<IntakeReference> ReadAsync(NpgsqlConnection connection, CancellationToken cancel) => new(
        await WithQuestionsAsync(connection, cancel),
        new KnownSites(await connection.ListAsync(SitesSql, row => new KnownSite(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetBoolean(3)), cancel)),
        (await connection.ListAsync(ProgrammesSql,
            row => (Key: (row.GetInt32(0), row.GetString(1), row.GetString(2)), Programme: (row.GetInt32(3), row.GetString(4))), cancel))
            .GroupBy(row => row.Key).ToDictionary(group => group.Key, group => group.First().Programme));

    /// <summary>The unit and parameter books alone, as every login reads them.</summary>
    public static async Task<IntakeBooks> BooksAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        var units = new UnitBook(
            await connection.ListAsync("SELECT code, quantity, factor, name_vi, name_en FROM unit",
                row => new Unit(row.GetString(0), row.GetString(1), row.GetDecimal(2), row.GetString(3), row.GetString(4)), cancel),
            await connection.ListAsync("SELECT alias, unit FROM unit_alias", Pair, cancel));
        var parameters = new ParameterBook(
            await connection.ListAsync("SELECT code, name_vi, name_en, unit, sort FROM parameter",
                row => new Parameter(row.GetString(0), row.GetString(1), row.GetString(2), units[row.GetString(3)], row.GetInt32(4)), cancel),
            await connection.ListAsync("SELECT alias, parameter FROM parameter_alias WHERE medium = ''", Pair, cancel),
            await connection.ListAsync("SELECT alias, medium, parameter FROM parameter_alias WHERE medium <> ''",
                row => (row.GetString(0), row.GetString(1), row.GetString(2)), cancel));
        var media = await connection.ListAsync("SELECT code FROM medium", row => row.GetString(0), cancel);
        return new(units, parameters, media.ToHashSet());
    }

    // Those who hand in alone may read them.
    private static async Task<IntakeBooks> WithQuestionsAsync(NpgsqlConnection connection, CancellationToken cancel) => await BooksAsync(connection, cancel) with
    {
        Plausible = new(await connection.ListAsync("SELECT parameter, medium, lower, upper FROM plausible_range",
            row => new PlausibleRange(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetDecimal(2), row.IsDBNull(3) ? null : row.GetDecimal(3)), cancel)),
        Words = new(await connection.ListAsync("SELECT kind, spelling, meaning FROM intake_word",
            row => new IntakeWord(row.GetString(0), row.GetString(1), row.GetString(2)), cancel)),
    };

    private static KeyValuePair<string, string> Pair(NpgsqlDataReader row) => new(row.GetString(0), row.GetString(1));

    // The Department and the Centre hand in for all (Điều 7.1c); others for what is theirs, or what a programme of theirs samples.
    private const string SitesSql =
        """
        SELECT s.id, s.code, s.name_vi,
            session_user = 'quantrac_province'
            OR s.owner_id IN (SELECT sees_id FROM visible_organisation WHERE manage AND valid @> portal_today())
            OR EXISTS (SELECT FROM facility f WHERE f.id = s.facility_id
                AND f.organisation_id IN (SELECT sees_id FROM visible_organisation WHERE manage AND valid @> portal_today()))
            OR EXISTS (SELECT FROM programme_site ps JOIN programme p ON p.id = ps.programme_id
                WHERE ps.site_id = s.id AND p.organisation_id IN (SELECT sees_id FROM visible_organisation WHERE manage AND valid @> portal_today()))
        FROM site s
        """;

    private const string ProgrammesSql =
        """
        SELECT ps.site_id, p.data_group, p.medium, p.id, p.code
        FROM programme_site ps JOIN programme p ON p.id = ps.programme_id
        -- Inspections are handed in by those who inspect.
        WHERE p.data_group <> 'd' OR session_user = 'quantrac_province' OR portal_is_state_body()
        ORDER BY p.id
        """;
}
