using Npgsql;
using NpgsqlTypes;
using QuanTrac.Portal.Data.Model;

namespace QuanTrac.Portal.Features.Demo;

/// <summary>Writes what does not change of the demo data, as the owner: who, where, by which permit or inspection, in which campaigns.</summary>
internal static class DemoTables
{
    /// <summary>All or nothing; does nothing where it is there already.</summary>
    public static async Task EnsureAsync(NpgsqlConnection owner, CancellationToken cancel)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancel);
        if (await owner.ScalarAsync<bool>("SELECT EXISTS (SELECT FROM organisation WHERE origin = 'demo')", cancel))
            return;
        foreach (var (file, sql) in Statements)
            await owner.ExecuteAsync(sql, cancel, new NpgsqlParameter { Value = DemoFiles.Json(file), NpgsqlDbType = NpgsqlDbType.Jsonb });
        await transaction.CommitAsync(cancel);
    }

    // In the order in which the rows refer to each other. $1 is the file as JSON; an empty cell is an empty text.
    private static readonly (string File, string Sql)[] Statements =
    [
        ("organisations.csv",
            """
            INSERT INTO organisation (code, kind, confidence, origin)
            SELECT code, kind, 'high', 'demo' FROM jsonb_to_recordset($1) AS r(code text, kind text)
            """),
        ("organisations.csv",
            """
            INSERT INTO organisation_name (organisation_id, name_vi, name_en, valid, confidence, origin)
            SELECT o.id, r.name_vi, r.name_en, daterange(NULL, NULL), 'high', 'demo'
            FROM jsonb_to_recordset($1) AS r(code text, name_vi text, name_en text) JOIN organisation o USING (code)
            """),
        ("organisations.csv",
            """
            INSERT INTO organisation_parent (organisation_id, parent_id, valid, origin)
            SELECT o.id, p.id, daterange(NULL, NULL), 'demo'
            FROM jsonb_to_recordset($1) AS r(code text, parent text) JOIN organisation o USING (code) JOIN organisation p ON p.code = r.parent
            """),
        ("facilities.csv",
            """
            INSERT INTO facility (code, organisation_id, kind, name_vi, name_en, commune, longitude, latitude, position_precision_vi,
                position_precision_en, confidence, source, origin)
            SELECT r.code, o.id, r.kind, r.name_vi, r.name_en, r.commune, r.lon::float8, r.lat::float8, 'Vị trí mẫu', 'Sample position', 'low',
                'Dữ liệu mẫu', 'demo'
            FROM jsonb_to_recordset($1) AS r(code text, organisation text, kind text, name_vi text, name_en text, commune text, lon text, lat text)
            JOIN organisation o ON o.code = r.organisation
            """),
        ("permits.csv",
            """
            INSERT INTO permit (number, kind, facility_id, issuer, issued_on, valid, note, origin)
            SELECT r.number, r.kind, f.id, r.issuer, r.issued_on::date, daterange(r.valid_from::date, nullif(r.valid_to, '')::date, '[]'), r.note, 'demo'
            FROM jsonb_to_recordset($1) AS r(number text, kind text, facility text, issuer text, issued_on text, valid_from text, valid_to text, note text)
            JOIN facility f ON f.code = r.facility
            """),
        ("inspections.csv",
            """
            INSERT INTO inspection (number, kind, organisation_id, decided_on, concluded_on, note, origin)
            SELECT r.number, r.kind, o.id, r.decided_on::date, nullif(r.concluded_on, '')::date, r.note, 'demo'
            FROM jsonb_to_recordset($1) AS r(number text, kind text, organisation text, decided_on text, concluded_on text, note text)
            JOIN organisation o ON o.code = r.organisation
            """),
        ("laboratories.csv",
            """
            INSERT INTO laboratory (code, name_vi, origin) SELECT code, name_vi, 'demo' FROM jsonb_to_recordset($1) AS r(code text, name_vi text)
            """),
        ("sites.csv",
            """
            INSERT INTO site (code, kind, name_vi, name_en, owner_id, facility_id, commune, district, origin)
            SELECT r.code, r.kind, r.name_vi, r.name_en, o.id, f.id, r.commune, r.district, 'demo'
            FROM jsonb_to_recordset($1) AS r(code text, kind text, name_vi text, name_en text, owner text, facility text, commune text, district text)
            JOIN organisation o ON o.code = r.owner LEFT JOIN facility f ON f.code = r.facility
            """),
        ("sites.csv",
            """
            INSERT INTO site_position (site_id, valid, longitude, latitude, confidence, source, origin)
            SELECT s.id, daterange(NULL, NULL), r.lon::float8, r.lat::float8, 'low', 'Dữ liệu mẫu', 'demo'
            FROM jsonb_to_recordset($1) AS r(code text, lon text, lat text) JOIN site s USING (code)
            """),
        ("programmes.csv",
            """
            INSERT INTO programme (code, data_group, medium, organisation_id, name_vi, name_en, origin)
            SELECT r.code, r.data_group, r.medium, o.id, r.name_vi, r.name_en, 'demo'
            FROM jsonb_to_recordset($1) AS r(code text, data_group text, medium text, organisation text, name_vi text, name_en text)
            JOIN organisation o ON o.code = r.organisation
            """),
        ("programme_sites.csv",
            """
            INSERT INTO programme_site (programme_id, data_group, site_id, permit_id, valid, origin)
            SELECT p.id, p.data_group, s.id, permit.id, daterange(NULL, NULL), 'demo'
            FROM jsonb_to_recordset($1) AS r(programme text, site text, permit text)
            JOIN programme p ON p.code = r.programme JOIN site s ON s.code = r.site LEFT JOIN permit ON permit.number = r.permit
            """),
        ("permit_limits.csv",
            """
            INSERT INTO permit_limit (permit_id, site_id, medium, parameter, valid, unit, kind, lower, upper, canonical_lower, canonical_upper, clause)
            SELECT permit.id, ps.site_id, r.medium, r.parameter, permit.valid, r.unit,
                CASE WHEN r.lower = '' THEN 'max' WHEN r.upper = '' THEN 'min' ELSE 'range' END, nullif(r.lower, '')::numeric, nullif(r.upper, '')::numeric,
                trim_scale(nullif(r.lower, '')::numeric * u.factor / base.factor), trim_scale(nullif(r.upper, '')::numeric * u.factor / base.factor), r.clause
            FROM jsonb_to_recordset($1) AS r(permit text, medium text, parameter text, unit text, lower text, upper text, clause text)
            JOIN permit ON permit.number = r.permit JOIN programme_site ps ON ps.permit_id = permit.id
            JOIN unit u ON u.code = r.unit JOIN parameter p ON p.code = r.parameter JOIN unit base ON base.code = p.unit
            """),
        ("site_standards.csv",
            """
            INSERT INTO site_standard (site_id, medium, standard, column_code, valid, confidence, source, origin)
            SELECT ps.site_id, p.medium, r.standard, r."column", daterange(r.valid_from::date, nullif(r.valid_to, '')::date, '[]'), r.confidence, r.source, 'demo'
            FROM jsonb_to_recordset($1) AS r(programme text, standard text, "column" text, valid_from text, valid_to text, confidence text, source text)
            JOIN programme p ON p.code = r.programme JOIN programme_site ps ON ps.programme_id = p.id
            """),
        ("campaigns.csv",
            """
            INSERT INTO campaign (code, programme_id, inspection_id, name_vi, name_en, period_start, period_end, concluded_on)
            SELECT r.code, p.id, i.id, r.name_vi, r.name_en, r.period_start::date, r.period_end::date, nullif(r.concluded_on, '')::date
            FROM jsonb_to_recordset($1) AS r(code text, programme text, inspection text, name_vi text, name_en text, period_start text, period_end text,
                concluded_on text)
            JOIN programme p ON p.code = r.programme LEFT JOIN inspection i ON i.number = r.inspection
            """),
        ("site_lists.csv",
            """
            INSERT INTO site_list (name_vi, document, origin) SELECT name_vi, document, 'demo' FROM jsonb_to_recordset($1) AS r(name_vi text, document text)
            """),
        ("site_lists.csv",
            """
            INSERT INTO site_list_item (list_id, site_id)
            SELECT l.id, s.id FROM jsonb_to_recordset($1) AS r(name_vi text, sites text) JOIN site_list l USING (name_vi)
            JOIN site s ON s.code = ANY (string_to_array(r.sites, ' '))
            """),
        ("site_lists.csv",
            """
            INSERT INTO organisation_list (organisation_id, list_id, valid)
            SELECT o.id, l.id, daterange(NULL, NULL) FROM jsonb_to_recordset($1) AS r(name_vi text, organisation text)
            JOIN site_list l USING (name_vi) JOIN organisation o ON o.code = r.organisation
            """),
    ];
}
