using Npgsql;
using QuanTrac.Portal.Data.Assessment;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Bench;

/// <summary>Generates sites, programmes, campaigns and results. Every number is drawn from a hash of its row, so each run makes the same data.</summary>
/// <remarks>Of five sites three are sea stations of the Department, half of them with sediment too, and two are discharge points of fifty
/// companies, half of them with the receiving river too. Half of the companies belong to one parent. Every second quarter is released.</remarks>
internal static class Province
{
    public const string Parent = "BM-TD";

    // One body sees by a list; it has no territory and no data group of its own.
    public const string BodyWithList = "BQLVHL";
    public const string Public = "BM-KHACH";

    private static readonly DateOnly Today = new(2026, 1, 15);

    /// <summary>Organisations and programmes, once; before the sites.</summary>
    public static async Task PrepareAsync(NpgsqlConnection owner)
    {
        await owner.ExecuteAsync(Functions, default);
        await owner.ExecuteAsync(Organisations, default);
        await owner.ExecuteAsync(Programmes, default);
        await owner.ExecuteAsync(File, default);
    }

    /// <summary>Sites from one number to another, in their programmes and with their standards.</summary>
    public static async Task AddSitesAsync(NpgsqlConnection owner, int first, int last)
    {
        await owner.ExecuteAsync("CREATE TEMP TABLE fresh (n int, code text, sea boolean, two_media boolean)", default);
        await owner.ExecuteAsync("INSERT INTO fresh SELECT n, 'BM' || n, n % 5 < 3, n % 2 = 0 FROM generate_series($1, $2) AS n", default, first, last);
        await owner.ExecuteAsync(Sites, default);
    }

    /// <summary>Quarterly campaigns, with a sample of each site of their programme.</summary>
    /// <param name="from">The first quarter begins on this day.</param>
    public static async Task AddSamplesAsync(NpgsqlConnection owner, DateOnly from, int quarters)
    {
        await owner.ExecuteAsync(Campaigns, default, from, quarters);
        await owner.ExecuteAsync(Submissions, default);
        await owner.ExecuteAsync(Samples, default);
        await owner.ExecuteAsync("ANALYZE", default);
    }

    /// <summary>Results of all samples that have none, up to so many parameters each.</summary>
    public static Task<int> AddResultsAsync(NpgsqlConnection connection, int parameters) =>
        connection.ExecuteAsync(Results, default, parameters);

    /// <summary>Judges every campaign as the portal does.</summary>
    public static async Task AssessAsync(NpgsqlConnection owner)
    {
        await owner.ExecuteAsync("ANALYZE", default);
        foreach (var campaign in await owner.ListAsync("SELECT id FROM campaign ORDER BY id", row => row.GetInt32(0), default))
        {
            await using var transaction = await owner.BeginTransactionAsync();
            await new RunAssessment(owner, Today).OfCampaignAsync(campaign, default);
            await transaction.CommitAsync();
        }
        await owner.ExecuteAsync("VACUUM ANALYZE", default);
    }

    private const string Functions =
        """
        CREATE FUNCTION bench_draw(row_number bigint, purpose bigint) RETURNS double precision LANGUAGE sql IMMUTABLE PARALLEL SAFE
            AS 'SELECT (hashint8extended(row_number, purpose) & 1048575) / 1048576.0::double precision';
        CREATE TABLE bench_level AS
            SELECT medium, parameter, upper, row_number() OVER (PARTITION BY medium ORDER BY parameter) AS place
            FROM (SELECT c.medium, l.parameter, min(l.canonical_upper) AS upper
                FROM standard_limit l JOIN standard_column c ON c.standard = l.standard AND c.code = l.column_code
                WHERE l.kind = 'max' AND l.averaging = '' AND l.canonical_upper > 0 AND c.medium <> 'sediment' GROUP BY 1, 2) AS known;
        INSERT INTO bench_level SELECT 'sediment', parameter, upper, place FROM bench_level WHERE medium = 'sea_water';
        """;

    private const string Organisations =
        """
        INSERT INTO organisation (code, kind, confidence, origin)
        VALUES ('BM-TD', 'parent', 'low', 'local'), ('BM-KHACH', 'public', 'low', 'local');
        INSERT INTO organisation (code, kind, confidence, origin) SELECT 'BM-C' || n, 'facility', 'low', 'local' FROM generate_series(1, 50) AS n;
        INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence)
        SELECT id, 'Đơn vị đo ' || code, daterange(NULL, NULL), 'low' FROM organisation WHERE code LIKE 'BM-%';
        INSERT INTO organisation_parent (organisation_id, parent_id, valid)
        SELECT company.id, parent.id, daterange(NULL, NULL) FROM generate_series(1, 25) AS n
        JOIN organisation AS company ON company.code = 'BM-C' || n JOIN organisation AS parent ON parent.code = 'BM-TD';
        INSERT INTO site_list (name_vi, document) VALUES ('Danh sách đo', 'Danh sách đo');
        INSERT INTO organisation_list SELECT organisation.id, site_list.id, daterange(NULL, NULL)
        FROM organisation, site_list WHERE organisation.code = 'BQLVHL' AND site_list.name_vi = 'Danh sách đo';
        """;

    private const string Programmes =
        """
        INSERT INTO programme (code, data_group, medium, organisation_id, name_vi)
        SELECT p.code, p.data_group, p.medium, o.id, 'Chương trình đo ' || p.code
        FROM (VALUES ('BM-NB', 'a', 'sea_water'), ('BM-TT', 'a', 'sediment'), ('BM-NT', 'c', 'wastewater'), ('BM-NM', 'c', 'surface_water'))
            AS p (code, data_group, medium), organisation AS o
        WHERE o.code = 'SONNMT';
        """;

    private const string File = "INSERT INTO stored_file (sha256, bytes, name) VALUES (repeat('b', 64), 0, 'bench')";

    private const string Sites =
        """
        INSERT INTO site (code, kind, name_vi, name_en, owner_id, commune, origin)
        SELECT f.code, CASE WHEN sea THEN 'station' ELSE 'discharge' END, 'Điểm đo ' || n, 'Bench point ' || n, o.id, communes.codes[1 + n % 54], 'local'
        FROM fresh AS f
        JOIN organisation AS o ON o.code = CASE WHEN sea THEN 'SONNMT' ELSE 'BM-C' || 1 + n / 5 % 50 END,
            (SELECT array_agg(code ORDER BY code) AS codes FROM administrative_unit WHERE kind = 'commune') AS communes
        ORDER BY n;
        INSERT INTO site_position (site_id, valid, longitude, latitude, confidence)
        SELECT s.id, daterange(NULL, NULL), 106.5 + 1.5 * bench_draw(n, 1), 20.7 + 0.9 * bench_draw(n, 2), 'low' FROM fresh JOIN site AS s USING (code);
        INSERT INTO programme_site (programme_id, data_group, site_id, valid)
        SELECT p.id, p.data_group, s.id, daterange(NULL, NULL)
        FROM fresh AS f JOIN site AS s USING (code)
        JOIN programme AS p ON CASE p.code WHEN 'BM-NB' THEN sea WHEN 'BM-TT' THEN sea AND two_media WHEN 'BM-NT' THEN NOT sea WHEN 'BM-NM' THEN NOT sea AND two_media END;
        INSERT INTO site_standard (site_id, medium, standard, column_code, valid, confidence)
        SELECT s.id, c.medium, c.standard, c.code, daterange(NULL, NULL), 'low'
        FROM fresh AS f JOIN site AS s USING (code)
        JOIN standard_column AS c ON CASE WHEN sea THEN c.standard LIKE 'QCVN 10:2023%' AND c.code = '0-6'
            ELSE c.standard LIKE 'QCVN 40:2011%' AND c.code = 'B' OR two_media AND c.standard LIKE 'QCVN 08:2023%' AND c.code = 'health' END;
        INSERT INTO site_list_item SELECT l.id, s.id FROM fresh JOIN site AS s USING (code), site_list AS l WHERE n % 10 = 0 AND l.name_vi = 'Danh sách đo';
        DROP TABLE fresh;
        """;

    private const string Campaigns =
        """
        INSERT INTO campaign (code, programme_id, name_vi, name_en, period_start, period_end, released_at)
        SELECT p.code || to_char(day, '-YYYY-"Q"Q'), p.id, to_char(day, '"Quý "Q/YYYY'), to_char(day, '"Quarter "Q/YYYY'), day, day + interval '3 months -1 day',
            CASE WHEN extract(quarter FROM day)::int % 2 = 0 THEN now() END
        FROM programme AS p, generate_series($1::timestamp, $1::timestamp + ($2 - 1) * interval '3 months', '3 months') AS day
        WHERE p.code LIKE 'BM-%'
        ON CONFLICT DO NOTHING
        """;

    // A file for each campaign.
    private const string Submissions =
        """
        INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis, state, checking)
        SELECT o.id, 0, 'bench', repeat('b', 64), c.code, 'portal-long', 'handover', 'accepted', 'done' FROM organisation AS o, campaign AS c
        WHERE o.code = 'SONNMT' AND c.code LIKE 'BM-%' AND NOT EXISTS (SELECT FROM submission AS there WHERE there.file_name = c.code)
        """;

    private const string Samples =
        """
        INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, submission_id)
        SELECT ps.site_id, p.medium, p.data_group, c.id, c.period_start, c.period_end, 'quarter', sub.id
        FROM campaign AS c JOIN submission AS sub ON sub.file_name = c.code JOIN programme AS p ON p.id = c.programme_id JOIN programme_site AS ps ON ps.programme_id = p.id
        WHERE p.code LIKE 'BM-%'
        ORDER BY c.period_start, c.id, ps.site_id
        ON CONFLICT DO NOTHING
        """;

    // Cubed, so that most values lie far below the limit and about one in sixty above it; one in ten is a non-detect.
    private const string Results =
        """
        INSERT INTO result (sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, depth, tide, type, replicate,
            parameter, fraction, reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT s.id, s.site_id, s.medium, s.data_group, s.campaign_id, s.submission_id, s.period_start, s.period_end, NULL, '', '', 1,
            l.parameter, '', drawn.sign || drawn.value, drawn.sign, drawn.value, p.unit, drawn.value, 'bench', s.id, 'A'
        FROM sample AS s
        JOIN bench_level AS l ON l.medium = s.medium AND l.place <= $1
        JOIN parameter AS p ON p.code = l.parameter
        CROSS JOIN LATERAL (SELECT CASE WHEN bench_draw(s.id, 100 + l.place) < 0.1 THEN '<' ELSE '' END AS sign,
            round((l.upper * (0.05 + power(bench_draw(s.id, l.place), 3)))::numeric, 6) AS value) AS drawn
        WHERE NOT EXISTS (SELECT FROM result AS there WHERE there.sample_id = s.id)
        ORDER BY s.id, l.place
        """;
}
