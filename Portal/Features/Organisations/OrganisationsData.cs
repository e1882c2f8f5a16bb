using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Domain.Measuring;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Organisations;

/// <summary>The tree of organisations on a day and what is known of each, as the access sees it.</summary>
public sealed class OrganisationsData(PortalDatabase database, TimeProvider clock)
{
    /// <summary>Lists stop here.</summary>
    public const int ListCap = 2000;

    // jsonb puts the keys in an order of its own.
    internal static readonly JsonSerializerOptions Json = new() { AllowOutOfOrderMetadataProperties = true };

    public DateOnly Today => PortalDay.Of(clock);

    /// <summary>All organisations of a day, each under its parent of that day, state bodies first.</summary>
    public async Task<IReadOnlyList<TreeLine>> TreeAsync(Domain.Access.Access access, TreeFilter filter, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        var all = await db.Connection.ListAsync(OrganisationsSql.Tree, Line, cancel, language, filter.Day, access.OrganisationId, access.Login == Login.Province);
        var place = all.ToDictionary(line => line.Code, line => (Order: Array.IndexOf(OrganisationsSql.KindOrder, line.Kind), line.Name, line.Code));
        return [.. all
            .Where(line => filter.Kind is null || line.Kind == filter.Kind)
            .Where(line => filter.WithEnded || !line.Ended)
            .Where(line => filter.Words is null || Words.WithoutDiacritics(line.Name + " " + line.Code).Contains(Words.WithoutDiacritics(filter.Words), StringComparison.Ordinal))
            .OrderBy(line => line.Path.Select(code => place[code]).ToArray(), Comparer<(int, string, string)[]>.Create(ByPath))];
    }

    /// <summary>One organisation with all its days; null where it is not there or not seen.</summary>
    public async Task<OrganisationDetail?> DetailAsync(Domain.Access.Access access, string code, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        var head = (await db.Connection.ListAsync(
            """
            SELECT o.id, o.code, o.kind, coalesce((SELECT CASE WHEN $2 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END FROM organisation_name n
                WHERE n.organisation_id = o.id ORDER BY n.valid @> $3 DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), o.code),
                o.confidence, CASE WHEN $2 = 'en' THEN o.open_mark_en ELSE o.open_mark_vi END
            FROM organisation o WHERE o.code = $1
            """,
            row => (Id: row.GetInt32(0), Code: row.GetString(1), Kind: row.GetString(2), Name: row.GetString(3), Confidence: row.GetString(4), OpenMark: row.GetString(5)),
            cancel, code, language, Today)).FirstOrDefault();
        if (head.Code is null)
            return null;
        Task<List<DatedFact>> FactsAsync(string sql) => db.Connection.ListAsync(sql, Fact, cancel, head.Id, language, Today);
        return new(head.Code, head.Kind, head.Name, head.Confidence, head.OpenMark,
            await FactsAsync(OrganisationsSql.Names), await FactsAsync(OrganisationsSql.Parents), await FactsAsync(OrganisationsSql.Children),
            await FactsAsync(OrganisationsSql.Territories), await FactsAsync(OrganisationsSql.Groups), await FactsAsync(OrganisationsSql.Lists),
            await FactsAsync(OrganisationsSql.Successors), await FactsAsync(OrganisationsSql.Predecessors));
    }

    /// <summary>The register of changes, newest first where nothing else is asked for; nothing for whoever is no province login.</summary>
    /// <param name="code">Only what names this organisation.</param>
    public async Task<GridRows<ChangeLine>> ChangesAsync(Domain.Access.Access access, string? code, GridAsk ask, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        if (access.Login != Login.Province)
            return new([], 0);
        await using var db = await database.OpenAsync(access, cancel);
        var rows = await db.Connection.ListAsync(OrganisationsSql.Changes,
            row => (Line: new ChangeLine(row.GetInt32(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3), row.GetString(4), row.GetString(5),
                JsonSerializer.Deserialize<OrganisationAct[]>(row.GetString(6), Json)!, JsonSerializer.Deserialize<OrganisationEffect[]>(row.GetString(7), Json)!,
                row.GetFieldValue<DateTimeOffset>(8), row.GetString(9)), InAll: row.GetInt32(10)),
            cancel, new NpgsqlParameter { Value = (object?)code ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text }, ask.Order ?? "", ask.Descending, ask.Count, ask.Start);
        return new([.. rows.Select(row => row.Line)], rows.Count == 0 ? 0 : rows[0].InAll);
    }

    /// <summary>Organisations that are in being on a day, by name, to choose from.</summary>
    public async Task<IReadOnlyList<(string Code, string Name, string Kind)>> ChoicesAsync(Domain.Access.Access access, DateOnly day, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT o.code, CASE WHEN $1 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END, o.kind
            FROM organisation o JOIN organisation_name n ON n.organisation_id = o.id AND n.valid @> $2 WHERE o.kind <> 'public' ORDER BY 2, 1 LIMIT 5000
            """, row => (row.GetString(0), row.GetString(1), row.GetString(2)), cancel, language, day);
    }

    /// <summary>Communes and districts that are in being on a day.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> UnitsAsync(Domain.Access.Access access, DateOnly day, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            """
            SELECT u.code, n.name_vi FROM administrative_unit u JOIN administrative_unit_name n ON n.unit = u.code AND n.valid @> $1
            WHERE u.valid @> $1 AND u.kind <> 'province' ORDER BY 2, 1
            """, row => (row.GetString(0), row.GetString(1)), cancel, day);
    }

    /// <summary>Sites that the access sees, by code, to choose from.</summary>
    public async Task<IReadOnlyList<(string Code, string Name)>> SitesAsync(Domain.Access.Access access, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(
            "SELECT code, CASE WHEN $1 = 'en' AND name_en <> '' THEN name_en ELSE name_vi END FROM site ORDER BY length(code), code LIMIT 20000",
            row => (row.GetString(0), row.GetString(1)), cancel, language);
    }

    /// <summary>The assigned lists with their sites on a day and who has them.</summary>
    public async Task<IReadOnlyList<SiteList>> ListsAsync(Domain.Access.Access access, DateOnly day, string language, CancellationToken cancel)
    {
        access.Demand(Capability.SeeOrganisations);
        await using var db = await database.OpenAsync(access, cancel);
        return await db.Connection.ListAsync(OrganisationsSql.SiteLists,
            row => new SiteList(row.GetString(0), row.GetString(1), row.GetFieldValue<string[]>(2), row.GetFieldValue<string[]>(3), row.GetFieldValue<string[]>(4)), cancel, language, day);
    }

    private static TreeLine Line(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt32(3), row.GetFieldValue<string[]>(4), row.GetBoolean(5), row.GetBoolean(6), row.GetInt32(7),
        row.GetString(8), row.GetInt32(9), row.IsDBNull(10) ? null : row.GetInt32(10), row.GetString(11), row.GetString(12));

    private static DatedFact Fact(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetString(1), row.GetString(2), Day(row, 3), Day(row, 4), row.GetString(5), row.IsDBNull(6) ? null : row.GetInt32(6));

    private static DateOnly? Day(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    private static int ByPath((int Order, string Name, string Code)[]? one, (int Order, string Name, string Code)[]? other)
    {
        for (var i = 0; i < Math.Min(one!.Length, other!.Length); i++)
        {
            var (a, b) = (one[i], other[i]);
            var order = a.Order != b.Order ? a.Order - b.Order : System.Globalization.CultureInfo.CurrentCulture.CompareInfo.Compare(a.Name, b.Name);
            if (order == 0)
                order = string.CompareOrdinal(a.Code, b.Code);
            if (order != 0)
                return order;
        }
        return one.Length - other.Length;
    }
}
