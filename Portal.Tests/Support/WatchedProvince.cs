using Npgsql;
using QuanTrac.Portal.Data.Cluster;
using QuanTrac.Portal.Data.Model;
using QuanTrac.Portal.Domain.Access;

namespace QuanTrac.Portal.Tests.Support;

using Access = QuanTrac.Portal.Domain.Access.Access;

/// <summary>
/// A small province made by the owner login, with a row in every table, on 15 June 2026:
/// <list type="bullet">
/// <item>T-PARENT1 has T-FAC1 under it from 1 June 2026, T-PARENT2 has T-FAC2 since ever.</item>
/// <item>Site T1 is T-FAC1's, T2 and T4 are T-FAC2's, T3 the Department's, out at sea. T4 is in no programme.</item>
/// <item>T-COMMUNE has the territory of T1's commune, T-BODY the data group e, T-BOARD a list with T3.</item>
/// <item>Each programme samples: T-A (a) T1 and T3, T-C (c) T1 and T2, T-D (d) T1 and T2, T-E (e) T2.</item>
/// <item>T-A-1, T-C-1 and T-E-1 are released, T-C-2 is not; the inspection T-D-0 is concluded, T-D-1 concludes on 20 June 2026.</item>
/// <item>Each campaign has one result at each site, from an accepted submission of the site's owner;
/// but T2's in T-C-1 is submitted only.</item>
/// </list>
/// </summary>
public sealed class WatchedProvince(TestCluster cluster) : IAsyncLifetime
{
    public const int Results = 11;

    private PortalDatabase portal = null!;

    public TestDatabase Database { get; } = new(cluster);

    public async ValueTask InitializeAsync()
    {
        await Database.InitializeAsync();
        await TodayAsync("2026-06-15");
        foreach (var part in new[] { Organisations, Places, Programmes, Handed, Judged, Rest })
            await Database.ExecuteAsync(part);
        portal = new(Database.Logins.ConnectionString);
    }

    public async ValueTask DisposeAsync()
    {
        await portal.DisposeAsync();
        await Database.DisposeAsync();
    }

    /// <summary>Replaces the day that the policies test.</summary>
    public Task TodayAsync(string day) => Database.ExecuteAsync(
        $"CREATE OR REPLACE FUNCTION portal_today() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$ SELECT date '{day}' $$");

    /// <summary>Opens the database as the portal does, for an account of an organisation.</summary>
    public async Task<PortalDb> OpenAsync(Login login, string organisation)
    {
        var id = (int?)await Database.ReadAsync(DatabaseRole.Owner, $"SELECT id FROM organisation WHERE code = '{organisation}'");
        return await portal.OpenAsync(new Access(login == Login.Guest ? Role.Guest : Role.Manager, login, 7, "someone", id ?? 0, organisation));
    }

    /// <summary>The first column of a query as texts, as a scoped account of an organisation sees it.</summary>
    public async Task<List<string>> SeenAsync(string organisation, string sql)
    {
        await using var db = await OpenAsync(Login.Scoped, organisation);
        return await db.Connection.ListAsync(sql, row => row.GetString(0), default);
    }

    /// <summary>The state that the server answers a statement of a scoped account with: "42501" for a right or a policy. Nothing is kept.</summary>
    public async Task<string?> RefusalAsync(string organisation, string sql)
    {
        await using var db = await OpenAsync(Login.Scoped, organisation);
        await using var transaction = await db.Connection.BeginTransactionAsync();
        return await RefusalAsync(db.Connection, sql);
    }

    /// <summary>The same with raw SQL on a login without any scope.</summary>
    public async Task<string?> RefusalAsync(DatabaseRole role, string sql)
    {
        await using var connection = await Database.OpenAsync(role);
        await using var transaction = await connection.BeginTransactionAsync();
        return await RefusalAsync(connection, sql);
    }

    private static async Task<string?> RefusalAsync(NpgsqlConnection connection, string sql)
    {
        try
        {
            await connection.ExecuteAsync(sql, default);
            return null;
        }
        catch (PostgresException refusal)
        {
            return refusal.SqlState;
        }
    }

    private const string Organisations =
        """
        INSERT INTO organisation (code, kind, confidence, origin)
        SELECT code, kind, 'high', 'local' FROM (VALUES ('T-PARENT1', 'parent'), ('T-PARENT2', 'parent'), ('T-FAC1', 'facility'), ('T-FAC2', 'facility'),
            ('T-COMMUNE', 'commune'), ('T-BODY', 'body'), ('T-BOARD', 'board')) AS o(code, kind);
        INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence) SELECT id, code, '(,)', 'high' FROM organisation WHERE code LIKE 'T-%';
        INSERT INTO organisation_parent (organisation_id, parent_id, valid)
        SELECT c.id, p.id, v.valid::daterange FROM (VALUES ('T-FAC1', 'T-PARENT1', '[2026-06-01,)'), ('T-FAC2', 'T-PARENT2', '(,)')) AS v(child, parent, valid)
        JOIN organisation c ON c.code = v.child JOIN organisation p ON p.code = v.parent;
        INSERT INTO organisation_territory (organisation_id, unit, valid) SELECT id, '06652', '(,)' FROM organisation WHERE code = 'T-COMMUNE';
        INSERT INTO organisation_group (organisation_id, data_group, valid) SELECT id, 'e', '(,)' FROM organisation WHERE code = 'T-BODY';
        INSERT INTO facility (code, organisation_id, kind, name_vi, confidence, origin)
        SELECT v.code, o.id, 'other', v.code, 'high', 'local'
        FROM (VALUES ('T-F1', 'T-FAC1'), ('T-F2', 'T-FAC2'), ('T-F4', 'T-FAC2')) AS v(code, owner) JOIN organisation o ON o.code = v.owner;
        """;

    private const string Places =
        """
        INSERT INTO site (code, kind, name_vi, owner_id, facility_id, commune, origin)
        SELECT v.code, 'discharge', v.code, o.id, f.id, v.commune, 'local'
        FROM (VALUES ('T1', 'T-FAC1', 'T-F1', '06652'), ('T2', 'T-FAC2', 'T-F2', '06658'), ('T3', 'SONNMT', NULL, NULL),
            ('T4', 'T-FAC2', 'T-F4', '06661')) AS v(code, owner, facility, commune)
        JOIN organisation o ON o.code = v.owner LEFT JOIN facility f ON f.code = v.facility;
        INSERT INTO site_position (site_id, valid, longitude, latitude, confidence)
        SELECT s.id, '(,)', v.x, v.y, 'high' FROM (VALUES ('T1', 107.16, 20.96), ('T2', 107.12, 20.99), ('T3', 107.5, 20.8),
            ('T4', 106.98, 20.99)) AS v(code, x, y) JOIN site s USING (code);
        INSERT INTO site_standard (site_id, medium, standard, column_code, valid, confidence)
        SELECT s.id, 'sea_water', c.standard, c.code, '(,)', 'low' FROM site s,
            (SELECT standard, code FROM standard_column WHERE medium = 'sea_water' ORDER BY standard, code LIMIT 1) AS c WHERE s.code LIKE 'T_';
        INSERT INTO permit (number, kind, facility_id, issuer, issued_on, valid)
        SELECT 'GP-' || code, 'discharge', id, 'Sở', '2024-01-01', '[2024-01-01,)' FROM facility WHERE code LIKE 'T-F_';
        INSERT INTO permit_limit (permit_id, site_id, medium, parameter, valid, unit, kind, upper, canonical_upper)
        SELECT p.id, s.id, 'wastewater', 'TSS', '[2024-01-01,)', 'mg/L', 'max', 50, 50 FROM permit p JOIN site s ON s.facility_id = p.facility_id;
        INSERT INTO site_list (name_vi, document) VALUES ('T-list', 'QĐ 1'), ('T-other', 'QĐ 2');
        INSERT INTO site_list_item (list_id, site_id) SELECT l.id, s.id FROM site_list l, site s WHERE (l.name_vi, s.code) IN (('T-list', 'T3'), ('T-other', 'T2'));
        INSERT INTO organisation_list (organisation_id, list_id, valid)
        SELECT o.id, l.id, '(,)' FROM organisation o, site_list l WHERE (o.code, l.name_vi) IN (('T-BOARD', 'T-list'), ('SONNMT', 'T-other'));
        """;

    private const string Programmes =
        """
        INSERT INTO programme (code, data_group, medium, organisation_id, name_vi)
        SELECT v.code, v.g, v.medium, o.id, v.code FROM (VALUES ('T-A', 'a', 'sea_water'), ('T-C', 'c', 'wastewater'), ('T-D', 'd', 'wastewater'),
            ('T-E', 'e', 'pond_water')) AS v(code, g, medium), organisation o WHERE o.code = 'SONNMT';
        INSERT INTO programme_site (programme_id, data_group, site_id, valid)
        SELECT p.id, p.data_group, s.id, '(,)' FROM (VALUES ('T-A', 'T1'), ('T-A', 'T3'), ('T-C', 'T1'), ('T-C', 'T2'), ('T-D', 'T1'), ('T-D', 'T2'),
            ('T-E', 'T2')) AS v(programme, site) JOIN programme p ON p.code = v.programme JOIN site s ON s.code = v.site;
        INSERT INTO inspection (number, kind, organisation_id, decided_on, concluded_on)
        SELECT v.number, 'sudden', o.id, v.day::date, v.concluded::date
        FROM (VALUES ('T-D-0', '2026-04-01', '2026-05-01'), ('T-D-1', '2026-05-01', '2026-06-20')) AS v(number, day, concluded), organisation o WHERE o.code = 'SONNMT';
        INSERT INTO campaign (code, programme_id, inspection_id, name_vi, period_start, period_end, concluded_on, released_at)
        SELECT v.code, p.id, i.id, v.code, v.day::date, v.day::date + 27, i.concluded_on, CASE WHEN v.released THEN now() END
        FROM (VALUES ('T-A-1', '2026-05-01', true), ('T-C-1', '2026-04-01', true), ('T-C-2', '2026-05-01', false), ('T-D-0', '2026-04-01', false),
            ('T-D-1', '2026-05-01', false), ('T-E-1', '2026-05-01', true)) AS v(code, day, released)
        JOIN programme p ON p.code = left(v.code, 3) LEFT JOIN inspection i ON i.number = v.code;
        """;

    // A submission for each result: of the site's owner, named "T1 T-C-1"; inspections are handed in by the Department.
    private const string Handed =
        """
        INSERT INTO stored_file (sha256, bytes, name) SELECT repeat(right(code, 1), 64), 1, code FROM site WHERE code LIKE 'T_';
        INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis, state, checking)
        SELECT CASE ps.data_group WHEN 'd' THEN p.organisation_id ELSE s.owner_id END, 1, '', repeat(right(s.code, 1), 64), s.code || ' ' || c.code,
            '', 'statement', CASE WHEN s.code = 'T2' AND c.code = 'T-C-1' THEN 'submitted' ELSE 'accepted' END, 'done'
        FROM campaign c JOIN programme p ON p.id = c.programme_id JOIN programme_site ps ON ps.programme_id = c.programme_id JOIN site s ON s.id = ps.site_id
        WHERE c.code LIKE 'T-%' ORDER BY c.code, s.code;
        INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, submission_id)
        SELECT s.id, p.medium, p.data_group, c.id, c.period_start, c.period_end, 'day', sub.id
        FROM submission sub JOIN site s ON s.code = split_part(sub.file_name, ' ', 1) JOIN campaign c ON c.code = split_part(sub.file_name, ' ', 2)
        JOIN programme p ON p.id = c.programme_id ORDER BY sub.id;
        INSERT INTO result (sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, parameter,
            fraction, reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, 'TSS', '', '60', '', 60, 'mg/L', 60,
            'Sheet1', 2, 'C' FROM sample;
        INSERT INTO submission_problem (submission_id, ordinal, severity, code) SELECT id, 1, 'warning', 'RightCensored' FROM submission;
        INSERT INTO submission_row (submission_id, ordinal, site_id, programme_id, medium, data_group, period_start, period_end, precision, parameter, reported,
            censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT r.submission_id, 1, r.site_id, c.programme_id, r.medium, r.data_group, r.period_start, r.period_end, 'day', 'pH', '7', '', 7, '-', 7, 'Sheet1', 2, 'D'
        FROM result r JOIN campaign c ON c.id = r.campaign_id;
        """;

    private const string Judged =
        """
        INSERT INTO finding (result_id, period_start, view, ordinal, site_id, medium, data_group, campaign_id, sample_id, parameter, governs, verdict, engine)
        SELECT id, period_start, 'today', 0, site_id, medium, data_group, campaign_id, sample_id, parameter, true, 'exceeds', '1' FROM result;
        INSERT INTO site_status (site_id, medium, data_group, campaign_id, view, period_start, period_end, verdict, index_code, band, ratio_class, standard_changes,
            results, exceeding, undecided, reviewed, released)
        SELECT r.site_id, r.medium, r.data_group, r.campaign_id, 'today', r.period_start, r.period_end, 'exceeds', 'worst-ratio', 'le2', 'le2', false, 1, 1, 0,
            s.state = 'accepted', c.released_at IS NOT NULL
        FROM result r JOIN submission s ON s.id = r.submission_id JOIN campaign c ON c.id = r.campaign_id;
        """ + SeenRows.Sql;

    private const string Rest =
        """
        INSERT INTO organisation_change (number, dated, from_day, file_sha256, file_name, acts, at, account_name)
        SELECT v.number, '2026-01-02', '2026-02-01', repeat('1', 64), 't.pdf', '[{}]', now(), 't' FROM (VALUES ('1/QĐ-T'), ('2/QĐ-T')) AS v(number);
        INSERT INTO organisation_area (organisation_id, name, area, valid)
        SELECT o.id, 'T-area', ST_Multi(ST_MakeEnvelope(108.4, 20.4, 108.5, 20.5, 4326)), '(,)' FROM organisation o WHERE o.code IN ('T-BOARD', 'T-COMMUNE');
        INSERT INTO organisation_group (organisation_id, data_group, valid, change_id)
        SELECT o.id, 'b', '(,2020-01-01)', c.id FROM organisation o, organisation_change c WHERE o.code = 'T-BOARD' AND c.number = '1/QĐ-T';
        INSERT INTO organisation_territory (organisation_id, unit, valid) SELECT id, '06658', '(,2020-01-01)' FROM organisation WHERE code = 'T-BOARD';
        INSERT INTO organisation_successor (organisation_id, successor_id, from_day)
        SELECT a.id, b.id, '2026-01-01' FROM organisation a, organisation b WHERE a.code = 'T-PARENT1' AND b.code = 'T-PARENT2';
        INSERT INTO assessment_state (engine, reference_hash) VALUES ('1', '');
        INSERT INTO integrity_report (at, faults, checks) VALUES (now(), 0, '[]');
        INSERT INTO laboratory (code, name_vi) VALUES ('T-LAB', 'T-LAB');
        INSERT INTO laboratory_certificate (laboratory_id, number, valid) SELECT id, 'VIMCERTS 1', '(,)' FROM laboratory WHERE code = 'T-LAB';
        INSERT INTO intake_queue (submission_id, account_id) SELECT min(id), 1 FROM submission;
        INSERT INTO account (user_name, normalized_user_name, role, organisation_code) VALUES ('t', 'T', 'guest', 'SONNMT');
        INSERT INTO notice_choice (account_id, email) SELECT id, 'ai-do@example.vn' FROM account;
        INSERT INTO form_draft (account_id, form, fields, kept_at) SELECT id, 't', '{}', now() FROM account;
        INSERT INTO list_view (account_id, list, name, query) SELECT id, 't', 't', '' FROM account;
        INSERT INTO mail (account_id, next_at, queued_at) SELECT id, now(), now() FROM account;
        INSERT INTO notice (account_id, kind, key, at) SELECT id, 't', 't', now() FROM account;
        INSERT INTO account_claim (user_id) SELECT id FROM account;
        INSERT INTO account_login (login_provider, provider_key, user_id) SELECT 't', 't', id FROM account;
        INSERT INTO account_token (user_id, login_provider, name) SELECT id, 't', 't' FROM account;
        INSERT INTO account_session (id, account_id, way, started_at, seen_at, ends_at) SELECT gen_random_uuid(), id, 'password', now(), now(), now() FROM account;
        INSERT INTO agency_identity (issuer, subject, first_at, last_at) VALUES ('t', 't', now(), now());
        INSERT INTO session_node (session_id, node, circuits, at) SELECT id, 't', 1, now() FROM account_session;
        INSERT INTO watch_alert (rule, key, account_id, at) SELECT 't', id::text, id, now() FROM account;
        INSERT INTO account_code (account_id, step, used_at) SELECT id, 0, now() FROM account;
        INSERT INTO account_recovery_code (account_id, sha256, made_at) SELECT id, 't', now() FROM account;
        INSERT INTO account_passkey (credential_id, account_id, name, public_key, sign_count, transports, user_verified, backup_eligible, backed_up, attestation_object, client_data, created_at)
        SELECT convert_to(id::text, 'UTF8'), id, 't', '', 0, '{}', true, false, false, '', '', now() FROM account;
        INSERT INTO sign_in_trial (subject, lane, failed, first_at, last_at) SELECT 'account:' || id, '203.0.113.5', 1, now(), now() FROM account;
        INSERT INTO authority (kind, document_number, document_date, from_day, purpose, recorded_by, recorded_at, origin) VALUES ('connection', 't', '2026-01-01', '2026-01-01', 't', 't', now(), 'before');
        INSERT INTO api_token (account_id, name, sha256, authority_id, granted_by, granted_at, expires_on) SELECT a.id, 't', a.id::text, u.id, 't', now(), '2026-02-01' FROM account a, authority u;
        INSERT INTO second_word (kind, subject, reason, asked_by, asked_name) VALUES ('reassess', 't', 't', 1, 't');
        INSERT INTO data_protection_key (friendly_name, xml) VALUES ('t', '<t/>');
        INSERT INTO upload_day (organisation_id, account_id, day, files, bytes) SELECT id, 0, '2026-06-15', 1, 1 FROM organisation WHERE code = 'T-FAC1';
        INSERT INTO disk_alert (full_at, free_mb) VALUES (now(), 1);
        INSERT INTO audit (act) VALUES ('t');
        SELECT portal_seal_audit();
        INSERT INTO audit_checkpoint VALUES (1, 0, repeat('0', 64), 1, now(), now(), now(), repeat('0', 64));
        INSERT INTO backup_run (kind, started_by) VALUES ('manual', 't');
        INSERT INTO restore_request (backup, asked_by, asked_name) VALUES ('t', 1, 't');
        INSERT INTO restore_leftover (kept, kind, key, at, facts) VALUES ('t', 'act', 't', now(), ARRAY['duty-added', 't']);
        UPDATE laboratory SET name_vi = 'T-LAB 2' WHERE code = 'T-LAB';
        INSERT INTO duty_agreement (duty_id, organisation_id, every_months, month, day, document, valid)
        SELECT d.id, o.id, 1, 1, 15, 'T 1', '(,)' FROM duty d, organisation o WHERE d.code = 'handover' AND o.code IN ('T-BOARD', 'T-FAC1', 'T-COMMUNE');
        INSERT INTO duty_occurrence (duty_id, organisation_id, period, last_day, planned_at)
        SELECT d.id, o.id, '2025', '2026-01-14', '2026-01-01' FROM duty d, organisation o WHERE d.code = 'facility-entry' AND o.code LIKE 'T-%';
        INSERT INTO duty_fulfilment (occurrence_id, document_number, document_date, file_sha256, file_name, at, account_name)
        SELECT id, '1/T', '2026-01-10', repeat('1', 64), 't', now(), 't' FROM duty_occurrence;
        INSERT INTO duty_reminder (occurrence_id, step, due_at, handled_at, given) SELECT id, -7, now(), now(), true FROM duty_occurrence;
        INSERT INTO calendar_token (account_id, sha256, created_at) SELECT id, 't', now() FROM account;
        INSERT INTO desk_item (kind, year, serial, number, title, words, organisation_id, account_id, account_name, at, since, changed_at)
        SELECT 'support', 0, 0, '', code, 't', id, 8, 't', now(), now(), now() FROM organisation WHERE code LIKE 'T-%' ORDER BY code;
        INSERT INTO desk_note (item_id, words, office, at, account_name) SELECT id, 't', true, now(), 't' FROM desk_item;
        INSERT INTO account_request (kind, organisation_id, asker_organisation_id, created_at, changed_at) SELECT 'letter', id, id, now(), now() FROM organisation WHERE code LIKE 'T-%';
        INSERT INTO account_request_person (request_id, act, full_name) SELECT id, 'grant', 't' FROM account_request;
        INSERT INTO account_request_step (request_id, step, at) SELECT id, 'drafted', now() FROM account_request;
        INSERT INTO account_review (organisation_id, year, confirmed_at, confirmed_name, file_sha256) SELECT id, 2026, now(), 't', repeat('1', 64) FROM organisation WHERE code LIKE 'T-%';
        INSERT INTO account_review_line (organisation_id, year, account_id, verdict, at, by_name) SELECT o.id, 2026, a.id, 'keep', now(), 't' FROM organisation o, account a WHERE o.code LIKE 'T-%';
        """;
}
