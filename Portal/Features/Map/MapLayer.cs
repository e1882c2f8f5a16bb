using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Npgsql;
using QuanTrac.Portal.Access;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;
using QuanTrac.Portal.Shell;
using QuanTrac.Portal.Ui;

namespace QuanTrac.Portal.Features.Map;

/// <summary><c>GET /map/sites</c>: the sites under a filter as slim GeoJSON, only what the account may see. Travels by HTTP, not through the circuit.</summary>
public static class MapLayer
{
    public static void MapEndpoints(IEndpointRouteBuilder routes) => routes.MapGet("/map/sites", ServeAsync);

    // The type says JSON and the browser is told not to guess: letters may stay letters.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    // Bytes of the layer of some thousand sites.
    private const int FirstGuess = 1 << 20;

    private static async Task ServeAsync(HttpContext context, PortalDatabase database, MapLayerCache cache, TimeProvider clock, CancellationToken cancel)
    {
        var access = AccessClaims.Read(context.User)!;
        access.Demand(Capability.SeeMap);
        var filter = MapFilter.FromQuery(context.Request.QueryString.Value ?? "");
        await using var db = await database.OpenAsync(access, cancel);
        var version = await db.Connection.ScalarAsync<long>("SELECT version FROM data_version", cancel);
        var tag = Tag(access, filter, version, PortalDay.Of(clock));
        context.Response.Headers.CacheControl = "private, no-cache";
        context.Response.Headers.ETag = tag;
        if (context.Request.Headers.IfNoneMatch == tag)
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = "application/geo+json; charset=utf-8";
        if (!cache.TryGet(tag, out var layer))
        {
            layer = await WriteAsync(db.Connection, access.Login, filter, cancel);
            cache.Keep(tag, layer);
        }
        await context.Response.Body.WriteAsync(layer, cancel);
    }

    // Who looks, at what, in which language, in which state of the data, on which day: any other and the layer may differ.
    private static string Tag(Domain.Access.Access access, MapFilter filter, long version, DateOnly today)
    {
        // Only inside the scoped login does the organisation decide what is seen.
        var scope = access.Login == Login.Scoped ? access.OrganisationId : 0;
        var whole = $"{access.Login}|{scope}|{filter.ToLayerAddress()}|{Language.Current}|{version}|{today:yyyyMMdd}";
        return $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)))[..24]}\"";
    }

    private static async Task<byte[]> WriteAsync(NpgsqlConnection connection, Login login, MapFilter filter, CancellationToken cancel)
    {
        // Some hundred names: looked up here they cost less than a join of every site.
        var parameters = (await connection.ListAsync("SELECT code, CASE WHEN $1 THEN name_vi ELSE name_en END FROM parameter",
            name => (Code: name.GetString(0), Name: name.GetString(1)), cancel, Language.Current == "vi")).ToDictionary(name => name.Code, name => name.Name);
        var colours = (await connection.ListAsync("SELECT code, colour FROM index_band", band => (Code: band.GetString(0), Colour: band.GetString(1)), cancel))
            .ToDictionary(band => band.Code, band => band.Colour);
        await using var command = new NpgsqlCommand(Sql(login, filter), connection);
        command.Parameters.AddRange(MapSql.Values(filter));
        command.Parameters.Add(new() { Value = Language.Current == "vi" });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var layer = new ArrayBufferWriter<byte>(FirstGuess);
        await using var json = new Utf8JsonWriter(layer, Options);
        json.WriteStartObject();
        json.WriteString("type"u8, "FeatureCollection"u8);
        json.WriteStartArray("features"u8);
        var scale = Fill.WorstRatio;
        while (await row.ReadAsync(cancel))
        {
            scale = row.GetString(6);
            WriteFeature(json, row, parameters, colours);
        }
        json.WriteEndArray();
        // One scale in one view.
        json.WriteString("scale"u8, scale);
        json.WriteEndObject();
        await json.FlushAsync(cancel);
        return layer.WrittenSpan.ToArray();
    }

    // What is not known is left out: of 5,000 sites every "null" is a hundred kilobytes.
    private static void WriteFeature(Utf8JsonWriter json, NpgsqlDataReader row, Dictionary<string, string> parameters, Dictionary<string, string> colours)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "Feature"u8);
        json.WriteStartObject("geometry"u8);
        json.WriteString("type"u8, "Point"u8);
        json.WriteStartArray("coordinates"u8);
        // Five decimals: one metre.
        json.WriteNumberValue(Math.Round(row.GetDouble(0), 5));
        json.WriteNumberValue(Math.Round(row.GetDouble(1), 5));
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("properties"u8);
        var (band, verdict) = (row.GetString(7), row.GetString(8));
        json.WriteString("code"u8, row.GetString(2));
        json.WriteString("name"u8, row.GetString(3));
        json.WriteString("kind"u8, row.GetString(4));
        if (!row.IsDBNull(5))
            json.WriteString("medium"u8, row.GetString(5));
        if (!row.IsDBNull(12))
            json.WriteNumber("value"u8, decimal.Truncate(row.GetDecimal(12)));
        json.WriteString("band"u8, band);
        json.WriteString("colour"u8, colours.GetValueOrDefault(band) ?? Bands.Colour(band));
        json.WriteString("verdict"u8, verdict);
        if (!row.IsDBNull(9))
            json.WriteString("lastSampled"u8, row.GetFieldValue<DateOnly>(9).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        // By name only what is over: under the pointer that is the question.
        if (verdict == "exceeds" && !row.IsDBNull(10))
            json.WriteString("parameter"u8, parameters[row.GetString(10)]);
        if (verdict == "exceeds")
            json.WriteNumber("rank"u8, row.GetInt32(13));
        if (!row.IsDBNull(11))
            json.WriteNumber("ratio"u8, decimal.Round(row.GetDecimal(11), 2));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The rows of the layer, each with its place in the list: $1 to $7 as in <see cref="MapSql"/>, $8 whether names are Vietnamese.</summary>
    internal static string Sql(Login login, MapFilter filter) => MapSql.Shown(login, filter) +
        """
        SELECT position.longitude, position.latitude, shown.code, CASE WHEN $8 OR shown.name_en = '' THEN shown.name_vi ELSE shown.name_en END,
            shown.kind, shown.medium, shown.index_code, shown.band, shown.verdict, shown.period_end, shown.worst_parameter, shown.worst_ratio,
            shown.index_value, shown.place::int
        FROM (SELECT *, row_number() OVER (ORDER BY rank DESC, worst_ratio DESC NULLS LAST, code) AS place FROM shown) AS shown
        JOIN site_position AS position ON position.site_id = shown.id AND position.valid @> portal_today()
        ORDER BY shown.id
        LIMIT 20000
        """;
}
