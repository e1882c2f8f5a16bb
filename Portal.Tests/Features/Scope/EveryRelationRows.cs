using QuanTrac.Portal.Tests.Support;

namespace QuanTrac.Portal.Tests.Features.Scope;

/// <summary>The rows of <see cref="EveryRelation"/>: each statement writes one for every organisation of every family and for the Department.</summary>
internal static class EveryRelationRows
{
    public const string Organisations =
        """
        INSERT INTO organisation (code, kind, confidence, origin)
        SELECT family || '-' || place, CASE family WHEN 'BODY' THEN CASE place WHEN 'TOP' THEN 'body' ELSE 'board' END
            WHEN 'GUEST' THEN CASE place WHEN 'OWN' THEN 'public' WHEN 'TOP' THEN 'parent' ELSE 'facility' END
            WHEN 'PARENT' THEN CASE place WHEN 'CHILD' THEN 'facility' WHEN 'GRANDCHILD' THEN 'facility' ELSE 'parent' END
            ELSE CASE place WHEN 'TOP' THEN 'parent' ELSE 'facility' END END, 'high', 'demo'
        FROM unnest(ARRAY['BODY', 'FACILITY', 'PARENT', 'GUEST']) AS family, unnest(ARRAY['TOP', 'OWN', 'CHILD', 'GRANDCHILD', 'SIBLING', 'OTHER']) AS place;
        INSERT INTO stored_file (sha256, bytes, name) SELECT encode(sha256(convert_to(code, 'UTF8')), 'hex'), 20, code || '.csv' FROM organisation;
        INSERT INTO organisation_change (number, dated, from_day, file_sha256, file_name, acts, at, account_name)
        SELECT 'QĐ ' || code, '2020-01-01', '2020-01-01', encode(sha256(convert_to(code, 'UTF8')), 'hex'), code || '.pdf', '[{"act":"end","Code":"-","Successors":[]}]', now(), ''
        FROM organisation WHERE code LIKE '%-%' OR code = 'SONNMT';
        INSERT INTO organisation_name (organisation_id, name_vi, valid, confidence, origin) SELECT id, 'Tên ' || code, '(,)', 'high', 'demo' FROM organisation WHERE code LIKE '%-%';
        INSERT INTO organisation_parent (organisation_id, parent_id, valid, origin)
        SELECT c.id, p.id, '(,)', 'demo' FROM (VALUES ('OWN', 'TOP'), ('SIBLING', 'TOP'), ('CHILD', 'OWN'), ('GRANDCHILD', 'CHILD')) AS v(child, parent),
            organisation c, organisation p WHERE split_part(c.code, '-', 2) = v.child AND split_part(p.code, '-', 2) = v.parent AND split_part(c.code, '-', 1) = split_part(p.code, '-', 1);
        INSERT INTO organisation_parent (organisation_id, parent_id, valid, origin) SELECT c.id, p.id, '(,2001-01-01)', 'demo'
        FROM organisation c, organisation p WHERE c.code LIKE '%-OTHER' AND p.code = split_part(c.code, '-', 1) || '-TOP';
        INSERT INTO organisation_territory (organisation_id, unit, valid, origin) SELECT id, '06652', '(,2001-01-01)', 'demo' FROM organisation WHERE code LIKE '%-%';
        INSERT INTO organisation_group (organisation_id, data_group, valid, origin, change_id)
        SELECT o.id, 'a', '(,2001-01-01)', 'demo', c.id FROM organisation o JOIN organisation_change c ON c.number = 'QĐ ' || o.code WHERE o.code LIKE '%-%';
        INSERT INTO organisation_area (organisation_id, name, area, valid, origin)
        SELECT id, 'Vùng ' || code, ST_Multi(ST_MakeEnvelope(108.4, 20.4, 108.5, 20.5, 4326)), '(,2001-01-01)', 'demo' FROM organisation WHERE code LIKE '%-%';
        INSERT INTO organisation_successor (organisation_id, successor_id, from_day, origin) SELECT a.id, b.id, '2001-01-01', 'demo'
        FROM organisation a JOIN organisation b ON b.code = a.code WHERE false;
        INSERT INTO organisation_successor (organisation_id, successor_id, from_day, origin) SELECT o.id, d.id, '2001-01-01', 'demo' FROM organisation o, organisation d
        WHERE o.code LIKE '%-%' AND d.code = 'SONNMT';
        """;

    public const string Places =
        """
        INSERT INTO facility (code, organisation_id, kind, name_vi, confidence, origin) SELECT 'F ' || code, id, 'other', 'Cơ sở ' || code, 'high', 'demo'
        FROM organisation WHERE code LIKE '%-%' OR code = 'SONNMT';
        INSERT INTO site (code, kind, name_vi, owner_id, facility_id, commune, origin)
        SELECT 'S ' || o.code, 'discharge', 'Điểm ' || o.code, o.id, f.id, '06652', 'demo' FROM organisation o JOIN facility f ON f.organisation_id = o.id AND f.origin = 'demo';
        INSERT INTO site_position (site_id, valid, longitude, latitude, confidence) SELECT id, '(,)', 107.1, 20.9, 'high' FROM site WHERE origin = 'demo';
        INSERT INTO site_standard (site_id, medium, standard, column_code, valid, confidence)
        SELECT s.id, 'sea_water', c.standard, c.code, '(,)', 'low' FROM site s,
            (SELECT standard, code FROM standard_column WHERE medium = 'sea_water' ORDER BY standard, code LIMIT 1) AS c WHERE s.origin = 'demo';
        INSERT INTO permit (number, kind, facility_id, issuer, issued_on, valid, origin) SELECT 'GP ' || code, 'discharge', id, 'Sở', '2024-01-01', '[2024-01-01,)', 'demo'
        FROM facility WHERE origin = 'demo';
        INSERT INTO permit_limit (permit_id, site_id, medium, parameter, valid, unit, kind, upper, canonical_upper)
        SELECT p.id, s.id, 'wastewater', 'TSS', '[2024-01-01,)', 'mg/L', 'max', 50, 50 FROM permit p JOIN site s ON s.facility_id = p.facility_id;
        INSERT INTO site_list (name_vi, document, origin) SELECT 'Danh sách ' || code, 'QĐ', 'demo' FROM organisation WHERE code LIKE '%-%';
        INSERT INTO site_list_item (list_id, site_id) SELECT l.id, s.id FROM site_list l JOIN site s ON s.code = 'S ' || substring(l.name_vi FROM 11) WHERE l.origin = 'demo';
        INSERT INTO organisation_list (organisation_id, list_id, valid)
        SELECT o.id, l.id, '(,)' FROM organisation o JOIN site_list l ON l.name_vi = 'Danh sách ' || o.code;
        """;

    // All sites are sampled in group c, the Department's in a campaign of its own, which is released; and each in a concluded inspection (group d).
    public const string Data =
        """
        INSERT INTO programme (code, data_group, medium, organisation_id, name_vi, origin) SELECT 'P-' || g, g, 'wastewater', id, 'Chương trình ' || g, 'demo'
        FROM organisation, unnest(ARRAY['c', 'd']) AS g WHERE code = 'SONNMT';
        INSERT INTO programme_site (programme_id, data_group, site_id, valid) SELECT p.id, p.data_group, s.id, '(,)' FROM programme p, site s WHERE p.origin = 'demo' AND s.origin = 'demo';
        INSERT INTO inspection (number, kind, organisation_id, decided_on, concluded_on, origin) SELECT 'TT ' || code, 'sudden', owner_id, '2026-01-01', '2026-02-01', 'demo'
        FROM site WHERE origin = 'demo';
        INSERT INTO campaign (code, programme_id, name_vi, period_start, period_end, released_at)
        SELECT v.code, p.id, 'Đợt ' || v.code, '2026-03-01', '2026-03-31', CASE WHEN v.released THEN now() END
        FROM (VALUES ('C FAMILIES', false), ('C DEPARTMENT', true)) AS v(code, released), programme p WHERE p.code = 'P-c';
        INSERT INTO campaign (code, programme_id, inspection_id, name_vi, period_start, period_end, concluded_on)
        SELECT 'D' || substring(s.code FROM 2), p.id, i.id, 'Đợt ' || s.code, '2026-03-01', '2026-03-31', i.concluded_on
        FROM site s JOIN inspection i ON i.number = 'TT ' || s.code, programme p WHERE p.code = 'P-d' AND s.origin = 'demo';
        INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis, state, checking)
        SELECT s.owner_id, 0, '', encode(sha256(convert_to(o.code, 'UTF8')), 'hex'), o.code || '.csv', '', 'statement', 'accepted', 'done'
        FROM site s JOIN organisation o ON o.id = s.owner_id WHERE s.origin = 'demo';
        INSERT INTO submission_problem (submission_id, ordinal, severity, code) SELECT id, 1, 'warning', 'RightCensored' FROM submission;
        INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, submission_id)
        SELECT s.id, p.medium, p.data_group, c.id, c.period_start, c.period_end, 'day', sub.id
        FROM site s JOIN campaign c ON c.code IN ('D' || substring(s.code FROM 2), CASE s.code WHEN 'S SONNMT' THEN 'C DEPARTMENT' ELSE 'C FAMILIES' END) JOIN programme p ON p.id = c.programme_id
        JOIN submission sub ON sub.organisation_id = s.owner_id WHERE s.origin = 'demo';
        INSERT INTO result (sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, parameter,
            fraction, reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, 'TSS', '', '60', '', 60, 'mg/L', 60,
            'Sheet1', 2, 'C' FROM sample;
        INSERT INTO submission_row (submission_id, ordinal, site_id, programme_id, medium, data_group, period_start, period_end, precision, parameter, reported,
            censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT r.submission_id, row_number() OVER (), r.site_id, c.programme_id, r.medium, r.data_group, r.period_start, r.period_end, 'day', 'pH', '7', '', 7, '-', 7, 'Sheet1', 2, 'D'
        FROM result r JOIN campaign c ON c.id = r.campaign_id;
        INSERT INTO finding (result_id, period_start, view, ordinal, site_id, medium, data_group, campaign_id, sample_id, parameter, governs, verdict, engine)
        SELECT id, period_start, 'today', 0, site_id, medium, data_group, campaign_id, sample_id, parameter, true, 'exceeds', '1' FROM result;
        INSERT INTO site_status (site_id, medium, data_group, campaign_id, view, period_start, period_end, verdict, index_code, band, standard_changes,
            results, exceeding, undecided, reviewed, released)
        SELECT r.site_id, r.medium, r.data_group, r.campaign_id, 'today', r.period_start, r.period_end, 'exceeds', 'worst-ratio', 'le2', false, 1, 1, 0, true,
            c.released_at IS NOT NULL FROM result r JOIN campaign c ON c.id = r.campaign_id;
        """ + SeenRows.Sql;

    // Of every organisation a file with a row of each site of its family and of the Department: "mixed FACILITY-OTHER.csv". Each value stands in the province once, as do the words
    // of each problem and each staged row.
    public const string Mixed =
        """
        INSERT INTO stored_file (sha256, bytes, name, account_id)
        SELECT encode(sha256(convert_to('mixed ' || code, 'UTF8')), 'hex'), 20, 'mixed ' || code || '.csv', 1 FROM organisation WHERE code LIKE '%-%' OR code = 'SONNMT';
        INSERT INTO submission (organisation_id, account_id, account_name, file_sha256, file_name, layout, basis, state, checking, summary)
        SELECT id, 1, '', encode(sha256(convert_to('mixed ' || code, 'UTF8')), 'hex'), 'mixed ' || code || '.csv', '', 'handover', 'accepted', 'done',
            '{"Sheets":["Trang bí mật"],"Rows":987654,"Sites":7,"Samples":987654,"Results":987654,"New":987654,"Present":0,"Refused":0,"NotAnalysed":0,"NonDetects":0,"Warnings":1,"Blocked":false}'
        FROM organisation WHERE code LIKE '%-%' OR code = 'SONNMT';
        INSERT INTO sample (site_id, medium, data_group, campaign_id, period_start, period_end, precision, replicate, submission_id)
        SELECT s.id, 'wastewater', 'c', c.id, c.period_start, c.period_end, 'day', 100 + row_number() OVER (PARTITION BY s.id ORDER BY b.id), b.id
        FROM submission b JOIN organisation o ON o.id = b.organisation_id
        JOIN site s ON s.origin = 'demo' AND (o.code = 'SONNMT' OR s.code LIKE 'S ' || split_part(o.code, '-', 1) || '-%' OR s.code = 'S SONNMT')
        JOIN campaign c ON c.code = CASE s.code WHEN 'S SONNMT' THEN 'C DEPARTMENT' ELSE 'C FAMILIES' END
        WHERE b.account_id = 1;
        INSERT INTO result (sample_id, site_id, medium, data_group, campaign_id, submission_id, period_start, period_end, tide, type, replicate, parameter,
            fraction, reported, censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT m.id, m.site_id, m.medium, m.data_group, m.campaign_id, m.submission_id, m.period_start, m.period_end, m.tide, m.type, m.replicate, 'TSS', '',
            (7000000 + m.id)::text, '', 7000000 + m.id, 'mg/L', 7000000 + m.id, 'Sheet1', 2, 'C' FROM sample m JOIN submission b ON b.id = m.submission_id WHERE b.account_id = 1;
        INSERT INTO submission_problem (submission_id, ordinal, severity, code, value)
        SELECT m.submission_id, row_number() OVER (PARTITION BY m.submission_id), 'error', 'NotANumber', 'bí mật ' || (7000000 + m.id)
        FROM sample m JOIN submission b ON b.id = m.submission_id WHERE b.account_id = 1;
        INSERT INTO submission_row (submission_id, ordinal, site_id, programme_id, medium, data_group, period_start, period_end, precision, parameter, reported,
            censoring, value, unit, canonical_value, sheet, row_number, column_letter)
        SELECT r.submission_id, row_number() OVER (PARTITION BY r.submission_id), r.site_id, c.programme_id, r.medium, r.data_group, r.period_start, r.period_end, 'day', 'pH', '7', '', 7,
            '-', 7, 'Sheet1', 2, 'D' FROM result r JOIN submission b ON b.id = r.submission_id AND b.account_id = 1 JOIN campaign c ON c.id = r.campaign_id;
        """;

    public const string Rest =
        """
        INSERT INTO assessment_state (engine, reference_hash) VALUES ('1', '');
        INSERT INTO integrity_report (at, faults, checks) VALUES (now(), 0, '[]');
        INSERT INTO laboratory (code, name_vi) VALUES ('PTN', 'Phòng thử nghiệm');
        INSERT INTO laboratory_certificate (laboratory_id, number, valid) SELECT id, 'VIMCERTS 1', '(,)' FROM laboratory WHERE code = 'PTN';
        INSERT INTO account (user_name, normalized_user_name, role, organisation_code) SELECT 'tk ' || code, 'TK ' || code, 'guest', code FROM organisation WHERE code LIKE '%-%';
        INSERT INTO notice_choice (account_id, email) SELECT id, 'ai-do@example.vn' FROM account;
        INSERT INTO form_draft (account_id, form, fields, kept_at) SELECT id, 't', '{}', now() FROM account;
        INSERT INTO list_view (account_id, list, name, query) SELECT id, 't', 't', '' FROM account;
        INSERT INTO mail (account_id, next_at, queued_at) SELECT id, now() + interval '1 year', now() FROM account;
        INSERT INTO notice (account_id, kind, key, at) SELECT id, 't', 't', now() FROM account;
        INSERT INTO account_claim (user_id) SELECT id FROM account;
        INSERT INTO account_login (login_provider, provider_key, user_id) SELECT 't', id::text, id FROM account;
        INSERT INTO account_token (user_id, login_provider, name) SELECT id, 't', 't' FROM account;
        INSERT INTO account_session (id, account_id, way, started_at, seen_at, ends_at) SELECT gen_random_uuid(), id, 'password', now(), now(), now() FROM account;
        INSERT INTO agency_identity (issuer, subject, first_at, last_at) VALUES ('t', 't', now(), now());
        INSERT INTO upload_day (organisation_id, account_id, day, files, bytes) SELECT id, 0, '2026-01-01', 1, 1 FROM organisation WHERE code = 'SONNMT';
        INSERT INTO disk_alert (full_at, free_mb) VALUES (now(), 1);
        INSERT INTO session_node (session_id, node, circuits, at) SELECT id, 't', 1, now() FROM account_session;
        INSERT INTO watch_alert (rule, key, account_id, at) SELECT 't', id::text, id, now() FROM account;
        INSERT INTO account_code (account_id, step, used_at) SELECT id, 0, now() FROM account;
        INSERT INTO account_recovery_code (account_id, sha256, made_at) SELECT id, 't', now() FROM account;
        INSERT INTO account_passkey (credential_id, account_id, name, public_key, sign_count, transports, user_verified, backup_eligible, backed_up, attestation_object, client_data, created_at)
        SELECT convert_to(id::text, 'UTF8'), id, 't', '', 0, '{}', true, false, false, '', '', now() FROM account;
        INSERT INTO sign_in_trial (subject, lane, failed, first_at, last_at) SELECT 'account:' || id, '203.0.113.5', 1, now(), now() FROM account;
        INSERT INTO authority (kind, document_number, document_date, file_sha256, file_name, from_day, purpose, recorded_by, recorded_at)
        VALUES ('connection', 't', '2026-01-01', encode(sha256('SONNMT'), 'hex'), 't.pdf', '2026-01-01', 't', 't', now());
        INSERT INTO api_token (account_id, name, sha256, authority_id, granted_by, granted_at, expires_on) SELECT a.id, 't', a.id::text, u.id, 't', now(), '2026-02-01' FROM account a, authority u;
        INSERT INTO second_word (kind, subject, reason, asked_by, asked_name) VALUES ('reassess', 't', 't', 1, 't');
        INSERT INTO calendar_token (account_id, sha256, created_at) SELECT id, id::text, now() FROM account;
        INSERT INTO audit (act) VALUES ('t');
        SELECT portal_seal_audit();
        INSERT INTO audit_checkpoint VALUES (1, 0, repeat('0', 64), 1, now(), now(), now(), repeat('0', 64));
        INSERT INTO backup_run (kind, started_by) VALUES ('manual', 't');
        INSERT INTO restore_request (backup, asked_by, asked_name) VALUES ('t', 1, 't');
        INSERT INTO restore_leftover (kept, kind, key, at, facts) VALUES ('t', 'act', 't', now(), ARRAY['duty-added', 't']);
        UPDATE laboratory SET name_vi = 'Phòng thử nghiệm 2' WHERE code = 'PTN';
        INSERT INTO duty (code, name_vi, name_en, organisation_id, every_months, month, day, valid, documents_vi, documents_en, notice_vi, notice_en, confidence, origin)
        SELECT 'nv-' || code, 'Nghĩa vụ ' || code, 'Duty', id, 12, 12, 31, '[2100-01-01,)', '-', '-', '-', '-', 'high', 'demo' FROM organisation WHERE code LIKE '%-%';
        INSERT INTO duty_agreement (duty_id, organisation_id, every_months, month, day, document, valid)
        SELECT d.id, o.id, 1, 1, 15, 'TT 1', '(,)' FROM duty d, organisation o WHERE d.code = 'handover' AND (o.code LIKE '%-%' OR o.code = 'SONNMT');
        INSERT INTO duty_occurrence (duty_id, organisation_id, period, last_day, planned_at)
        SELECT d.id, o.id, '2025', '2026-01-14', '2026-01-01' FROM duty d, organisation o WHERE d.code = 'facility-entry' AND (o.code LIKE '%-%' OR o.code = 'SONNMT');
        INSERT INTO duty_fulfilment (occurrence_id, document_number, document_date, file_sha256, file_name, at, account_name)
        SELECT d.id, '1/T', '2026-01-10', encode(sha256(convert_to(o.code, 'UTF8')), 'hex'), o.code || '.pdf', now(), 't' FROM duty_occurrence d JOIN organisation o ON o.id = d.organisation_id;
        INSERT INTO duty_reminder (occurrence_id, step, due_at, handled_at, given) SELECT id, -7, now(), now(), true FROM duty_occurrence;
        INSERT INTO desk_item (kind, year, serial, number, title, words, organisation_id, account_id, account_name, at, since, changed_at)
        SELECT 'support', 0, 0, '', 'Việc của ' || o.code, 't', o.id, a.id, 'tk', now(), now(), now() FROM organisation o LEFT JOIN account a ON a.user_name = 'tk ' || o.code
        WHERE o.code LIKE '%-%' OR o.code = 'SONNMT';
        INSERT INTO desk_note (item_id, office, file_sha256, file_name, at, account_name)
        SELECT d.id, true, encode(sha256(convert_to(o.code, 'UTF8')), 'hex'), o.code || '.pdf', now(), 't' FROM desk_item d JOIN organisation o ON o.id = d.organisation_id;
        INSERT INTO account_request (kind, organisation_id, asker_organisation_id, letter_number, letter_date, file_sha256, file_name, state, created_at, changed_at)
        SELECT 'letter', id, id, 'CV ' || code, '2026-01-02', encode(sha256(convert_to(code, 'UTF8')), 'hex'), code || '.pdf', 'sent', now(), now()
        FROM organisation WHERE code LIKE '%-%' OR code = 'SONNMT';
        INSERT INTO account_request_person (request_id, act, full_name) SELECT id, 'grant', 't' FROM account_request;
        INSERT INTO account_request_step (request_id, step, at) SELECT id, 'drafted', now() FROM account_request;
        INSERT INTO account_review (organisation_id, year, confirmed_at, confirmed_name, file_sha256)
        SELECT id, 2020, now(), 't', encode(sha256(convert_to(code, 'UTF8')), 'hex') FROM organisation WHERE code LIKE '%-%' OR code = 'SONNMT';
        INSERT INTO account_review_line (organisation_id, year, account_id, verdict, at, by_name)
        SELECT o.id, 2020, a.id, 'keep', now(), 't' FROM organisation o JOIN account a ON a.organisation_code = o.code WHERE o.code LIKE '%-%';
        """;
}
