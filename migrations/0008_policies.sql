-- The access rule. One login for each kind of account, none a member of another; inside the scoped login the scope is a
-- setting of the connection. No scope set: nothing seen. No grant on any partition: a partition read directly bypasses its parent's policy.

DO $$
DECLARE
    t text;
BEGIN
    FOR t IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'spatial_ref_sys'
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
    END LOOP;
END
$$;

-- Reference: everybody with a login of the portal reads it.
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['unit', 'unit_alias', 'parameter', 'parameter_alias', 'medium', 'data_group', 'standard', 'standard_column',
        'standard_limit', 'administrative_unit', 'administrative_unit_name', 'programme', 'laboratory', 'laboratory_certificate']
    LOOP
        EXECUTE format('GRANT SELECT ON %I TO quantrac_province, quantrac_scoped, quantrac_guest', t);
        EXECUTE format('CREATE POLICY everybody ON %I FOR SELECT TO quantrac_province, quantrac_scoped, quantrac_guest USING (true)', t);
    END LOOP;
END
$$;

-- A number that tells nothing of the data but that they changed.
GRANT SELECT ON data_version TO quantrac_province, quantrac_scoped, quantrac_guest;
GRANT UPDATE ON data_version TO quantrac_province, quantrac_scoped;
CREATE POLICY everybody ON data_version TO quantrac_province, quantrac_scoped, quantrac_guest USING (true);

-- The province login sees all; free of cost, indexes used.
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['organisation', 'organisation_name', 'organisation_parent', 'organisation_territory', 'organisation_group',
        'organisation_list', 'facility', 'permit', 'permit_limit', 'inspection', 'site', 'site_position', 'site_standard', 'site_list',
        'site_list_item', 'programme_site', 'campaign', 'stored_file', 'submission', 'submission_problem', 'submission_row', 'sample',
        'result', 'finding', 'site_status', 'history', 'audit', 'visible', 'visible_organisation']
    LOOP
        EXECUTE format('GRANT SELECT ON %I TO quantrac_province', t);
        EXECUTE format('CREATE POLICY province ON %I TO quantrac_province USING (true) WITH CHECK (true)', t);
    END LOOP;
END
$$;
GRANT INSERT, UPDATE ON campaign TO quantrac_province;
GRANT INSERT ON laboratory TO quantrac_province, quantrac_scoped;
CREATE POLICY new_laboratory ON laboratory FOR INSERT TO quantrac_province, quantrac_scoped WITH CHECK (origin = 'local');

-- Handing in, storing, judging: the same grants for the two logins that may.
GRANT INSERT ON stored_file, sample, result TO quantrac_province, quantrac_scoped;
GRANT UPDATE (successor) ON result TO quantrac_province, quantrac_scoped;
GRANT INSERT, UPDATE ON submission, submission_problem TO quantrac_province, quantrac_scoped;
GRANT UPDATE ON site_status TO quantrac_province;
GRANT INSERT, UPDATE, DELETE ON submission_row TO quantrac_province, quantrac_scoped;
GRANT INSERT, DELETE ON finding, site_status TO quantrac_province, quantrac_scoped;
GRANT DELETE ON submission_problem TO quantrac_province, quantrac_scoped;
GRANT SELECT ON organisation, organisation_name, organisation_parent, facility, permit, permit_limit, inspection, site, site_position,
    site_standard, site_list, site_list_item, organisation_list, programme_site, campaign, stored_file, submission, submission_problem,
    submission_row, sample, result, finding, site_status, visible, visible_organisation TO quantrac_scoped;

-- Scoped: the tables of the scope itself.
CREATE POLICY own_scope ON visible FOR SELECT TO quantrac_scoped USING (organisation_id = portal_organisation());
CREATE POLICY own_scope ON visible_organisation FOR SELECT TO quantrac_scoped USING (organisation_id = portal_organisation());

-- Scoped: by site and data group.
CREATE POLICY in_scope ON site FOR SELECT TO quantrac_scoped USING (
    id IN (SELECT site_id FROM visible WHERE valid @> portal_today()));
CREATE POLICY in_scope ON programme_site FOR SELECT TO quantrac_scoped USING (
    (site_id, data_group) IN (SELECT site_id, data_group FROM visible WHERE valid @> portal_today()));
-- Facilities and their parents see nothing of an inspection before it is concluded.
CREATE POLICY in_scope ON campaign FOR SELECT TO quantrac_scoped USING (
    programme_id IN (SELECT programme_id FROM programme_site)
    AND (inspection_id IS NULL OR concluded_on <= portal_today() OR portal_is_state_body()));
CREATE POLICY in_scope ON inspection FOR SELECT TO quantrac_scoped USING (id IN (SELECT inspection_id FROM campaign));
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['site_position', 'site_standard', 'permit_limit', 'site_list_item']
    LOOP
        EXECUTE format('CREATE POLICY in_scope ON %I FOR SELECT TO quantrac_scoped USING (site_id IN (SELECT id FROM site))', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['sample', 'result', 'finding', 'site_status']
    LOOP
        EXECUTE format('CREATE POLICY in_scope ON %I FOR SELECT TO quantrac_scoped USING (
            (site_id, data_group) IN (SELECT site_id, data_group FROM visible WHERE valid @> portal_today())
            AND campaign_id IN (SELECT id FROM campaign))', t);
    END LOOP;
END
$$;

-- Scoped: seen is not written. One writes what one's own submissions bring, and what follows from them; reviewed is another's word.
CREATE FUNCTION portal_own_submissions() RETURNS SETOF int
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        SELECT submission.id FROM submission JOIN visible_organisation AS own ON own.sees_id = submission.organisation_id
        WHERE own.organisation_id = portal_organisation() AND own.manage AND own.valid @> portal_today()
    $$;
CREATE FUNCTION portal_own_events() RETURNS TABLE (site_id int, campaign_id int)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT DISTINCT result.site_id, result.campaign_id FROM result WHERE submission_id IN (SELECT portal_own_submissions()) $$;
REVOKE ALL ON FUNCTION portal_own_submissions(), portal_own_events() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_own_submissions(), portal_own_events() TO quantrac_scoped;
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['sample', 'result']
    LOOP
        EXECUTE format('CREATE POLICY own ON %I FOR INSERT TO quantrac_scoped WITH CHECK (
            (site_id, data_group) IN (SELECT site_id, data_group FROM visible WHERE valid @> portal_today())
            AND campaign_id IN (SELECT id FROM campaign) AND submission_id IN (SELECT portal_own_submissions())
            -- Inspections are handed in by those who inspect.
            AND (data_group <> ''d'' OR portal_is_state_body()))', t);
    END LOOP;
END
$$;
CREATE POLICY own_change ON result FOR UPDATE TO quantrac_scoped USING (submission_id IN (SELECT portal_own_submissions()));
CREATE POLICY own ON finding FOR INSERT TO quantrac_scoped WITH CHECK (
    (site_id, campaign_id) IN (SELECT site_id, campaign_id FROM portal_own_events()));
CREATE POLICY own_gone ON finding FOR DELETE TO quantrac_scoped USING (
    (site_id, campaign_id) IN (SELECT site_id, campaign_id FROM portal_own_events()));
CREATE POLICY own ON site_status FOR INSERT TO quantrac_scoped WITH CHECK (
    NOT reviewed AND (site_id, campaign_id) IN (SELECT site_id, campaign_id FROM portal_own_events()));
CREATE POLICY own_gone ON site_status FOR DELETE TO quantrac_scoped USING (
    (site_id, campaign_id) IN (SELECT site_id, campaign_id FROM portal_own_events()));
CREATE POLICY in_scope ON facility FOR SELECT TO quantrac_scoped USING (
    origin = 'seed' OR id IN (SELECT facility_id FROM site)
    OR organisation_id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today()));
CREATE POLICY in_scope ON permit FOR SELECT TO quantrac_scoped USING (facility_id IN (SELECT facility_id FROM site));
-- Names of state bodies are public; those of facilities and parents only where one sees something of theirs.
CREATE POLICY in_scope ON organisation FOR SELECT TO quantrac_scoped USING (
    kind NOT IN ('facility', 'parent', 'public')
    OR id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today())
    OR id IN (SELECT owner_id FROM site));
CREATE POLICY in_scope ON organisation_name FOR SELECT TO quantrac_scoped USING (organisation_id IN (SELECT id FROM organisation));
CREATE POLICY in_scope ON organisation_parent FOR SELECT TO quantrac_scoped USING (
    organisation_id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today()));
CREATE POLICY in_scope ON organisation_list FOR SELECT TO quantrac_scoped USING (organisation_id = portal_organisation());
CREATE POLICY in_scope ON site_list FOR SELECT TO quantrac_scoped USING (id IN (SELECT list_id FROM organisation_list));

-- Scoped: one reads what oneself and one's descendants handed in, and the file behind any sample in scope; one writes one's own.
CREATE POLICY in_scope ON submission FOR SELECT TO quantrac_scoped USING (
    organisation_id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today())
    OR (state = 'accepted' AND EXISTS (SELECT FROM sample WHERE sample.submission_id = submission.id)));
CREATE POLICY own ON submission FOR INSERT TO quantrac_scoped WITH CHECK (
    organisation_id IN (SELECT sees_id FROM visible_organisation WHERE manage AND valid @> portal_today()));
-- Nobody accepts what their own kind of account hands in.
CREATE POLICY own_change ON submission FOR UPDATE TO quantrac_scoped USING (
    state <> 'accepted' AND organisation_id IN (SELECT sees_id FROM visible_organisation WHERE manage AND valid @> portal_today()))
    WITH CHECK (state IN ('draft', 'submitted', 'withdrawn')
        AND organisation_id IN (SELECT sees_id FROM visible_organisation WHERE manage AND valid @> portal_today()));
CREATE POLICY in_scope ON submission_problem FOR SELECT TO quantrac_scoped USING (submission_id IN (SELECT id FROM submission
    WHERE organisation_id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today())));
CREATE POLICY own ON submission_problem TO quantrac_scoped USING (submission_id IN (SELECT portal_own_submissions()));
CREATE POLICY in_scope ON submission_row FOR SELECT TO quantrac_scoped USING (submission_id IN (SELECT id FROM submission
    WHERE organisation_id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today()))
    AND site_id IN (SELECT id FROM site));
CREATE POLICY own ON submission_row TO quantrac_scoped USING (
    submission_id IN (SELECT portal_own_submissions()) AND site_id IN (SELECT id FROM site));
CREATE POLICY in_scope ON stored_file FOR SELECT TO quantrac_scoped USING (
    sha256 IN (SELECT file_sha256 FROM submission) OR account_id = portal_account());
CREATE POLICY own ON stored_file FOR INSERT TO quantrac_scoped WITH CHECK (account_id = portal_account());

-- Guests: released rows only, never inspections.
GRANT SELECT ON organisation, organisation_name, site, site_position, site_standard, programme_site, campaign, sample, result, finding,
    site_status TO quantrac_guest;
GRANT SELECT (id, state, file_name, file_sha256) ON submission TO quantrac_guest;
CREATE POLICY released ON campaign FOR SELECT TO quantrac_guest USING (released_at IS NOT NULL AND inspection_id IS NULL);
CREATE POLICY released ON site_status FOR SELECT TO quantrac_guest USING (released AND reviewed AND data_group <> 'd');
-- One step into the index for each site: "IN" would read every released status of every campaign, and three times over in one query of the map.
CREATE POLICY released ON site FOR SELECT TO quantrac_guest USING ((SELECT true FROM site_status WHERE site_status.site_id = site.id LIMIT 1));
CREATE POLICY released ON sample FOR SELECT TO quantrac_guest USING (
    data_group <> 'd' AND campaign_id IN (SELECT id FROM campaign)
    AND (SELECT true FROM site_status AS reviewed WHERE reviewed.site_id = sample.site_id AND reviewed.medium = sample.medium
        AND reviewed.data_group = sample.data_group AND reviewed.campaign_id = sample.campaign_id LIMIT 1));
CREATE POLICY released ON submission FOR SELECT TO quantrac_guest USING (
    state = 'accepted' AND EXISTS (SELECT FROM sample WHERE sample.submission_id = submission.id));
CREATE POLICY released ON result FOR SELECT TO quantrac_guest USING (
    data_group <> 'd' AND campaign_id IN (SELECT id FROM campaign) AND submission_id IN (SELECT id FROM submission));
CREATE POLICY released ON finding FOR SELECT TO quantrac_guest USING (
    data_group <> 'd' AND campaign_id IN (SELECT id FROM campaign)
    AND sample_id IN (SELECT id FROM sample) AND EXISTS (SELECT FROM result WHERE result.id = result_id AND result.period_start = finding.period_start));
CREATE POLICY released ON site_position FOR SELECT TO quantrac_guest USING (site_id IN (SELECT id FROM site));
CREATE POLICY released ON site_standard FOR SELECT TO quantrac_guest USING (site_id IN (SELECT id FROM site));
CREATE POLICY released ON programme_site FOR SELECT TO quantrac_guest USING (data_group <> 'd' AND site_id IN (SELECT id FROM site));
CREATE POLICY released ON organisation FOR SELECT TO quantrac_guest USING (id IN (SELECT owner_id FROM site));
CREATE POLICY released ON organisation_name FOR SELECT TO quantrac_guest USING (organisation_id IN (SELECT id FROM organisation));
GRANT SELECT ON facility, permit, permit_limit TO quantrac_guest;
CREATE POLICY released ON permit_limit FOR SELECT TO quantrac_guest USING (site_id IN (SELECT id FROM site));
CREATE POLICY released ON permit FOR SELECT TO quantrac_guest USING (id IN (SELECT permit_id FROM permit_limit));
CREATE POLICY released ON facility FOR SELECT TO quantrac_guest USING (origin = 'seed' OR id IN (SELECT facility_id FROM site));

-- The system login: accounts, keys, the queue; nothing of the data. Organisations by code, to know the scope of an account.
GRANT SELECT, INSERT, UPDATE ON account TO quantrac_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON account_claim, account_login, account_token TO quantrac_system;
GRANT SELECT, INSERT ON data_protection_key TO quantrac_system;
GRANT SELECT, UPDATE, DELETE ON intake_queue TO quantrac_system;
GRANT SELECT ON organisation, organisation_name TO quantrac_system;
CREATE POLICY portal ON account TO quantrac_system USING (true) WITH CHECK (true);
CREATE POLICY portal ON account_claim TO quantrac_system USING (true) WITH CHECK (true);
CREATE POLICY portal ON account_login TO quantrac_system USING (true) WITH CHECK (true);
CREATE POLICY portal ON account_token TO quantrac_system USING (true) WITH CHECK (true);
CREATE POLICY portal ON data_protection_key TO quantrac_system USING (true) WITH CHECK (true);
CREATE POLICY portal ON intake_queue TO quantrac_system USING (true) WITH CHECK (true);
CREATE POLICY portal ON organisation FOR SELECT TO quantrac_system USING (true);
CREATE POLICY portal ON organisation_name FOR SELECT TO quantrac_system USING (true);
GRANT INSERT ON intake_queue TO quantrac_province, quantrac_scoped;
CREATE POLICY own ON intake_queue FOR INSERT TO quantrac_province, quantrac_scoped WITH CHECK (account_id = portal_account());

-- The audit: every login writes in its own transaction; only the province login reads.
GRANT INSERT (account_id, account_name, organisation_id, act, subject, details) ON audit
    TO quantrac_province, quantrac_scoped, quantrac_guest, quantrac_system;
CREATE POLICY own ON audit FOR INSERT TO quantrac_scoped, quantrac_guest WITH CHECK (account_id = portal_account());
CREATE POLICY portal ON audit FOR INSERT TO quantrac_system WITH CHECK (true);

-- A campaign that a file names for the first time: made only in a programme where the caller sees a site.
CREATE FUNCTION portal_ensure_campaign(programme int, code text, name_vi text, name_en text, period_start date, period_end date) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
#variable_conflict use_variable
DECLARE
    found int;
BEGIN
    IF session_user = 'quantrac_guest' OR (session_user = 'quantrac_scoped' AND NOT EXISTS (
        SELECT FROM programme_site AS ps
        JOIN visible AS v ON v.site_id = ps.site_id AND v.data_group = ps.data_group AND v.valid @> portal_today()
        WHERE ps.programme_id = programme AND v.organisation_id = portal_organisation())) THEN
        RAISE EXCEPTION 'The programme is not in scope.' USING ERRCODE = '42501';
    END IF;
    INSERT INTO campaign (code, programme_id, name_vi, name_en, period_start, period_end)
    VALUES (code, programme, name_vi, name_en, period_start, period_end)
    ON CONFLICT ON CONSTRAINT campaign_code_once DO NOTHING;
    SELECT c.id INTO found FROM campaign AS c WHERE c.code = code AND c.programme_id = programme;
    RETURN found;
END
$$;
REVOKE ALL ON FUNCTION portal_ensure_campaign(int, text, text, text, date, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_ensure_campaign(int, text, text, text, date, date) TO quantrac_province, quantrac_scoped;
GRANT EXECUTE ON FUNCTION portal_is_state_body() TO quantrac_province, quantrac_scoped;
