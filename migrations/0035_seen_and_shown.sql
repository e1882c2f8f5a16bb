-- What a reader sees is computed from what that reader may see. Means and indices look back over other campaigns, and those need not be open to whoever sees this one:
-- a status, and a finding that looks back, stands once on all results, once on what is released to guests, once on the inspections that are concluded.

ALTER TABLE site_status ADD COLUMN rests_on text NOT NULL DEFAULT 'all' CONSTRAINT site_status_rests_on CHECK (rests_on IN ('all', 'released', 'concluded'));
ALTER TABLE site_status DROP CONSTRAINT site_status_pkey, ADD PRIMARY KEY (site_id, medium, data_group, campaign_id, view, rests_on);
COMMENT ON COLUMN site_status.rests_on IS 'all results; those released and reviewed (guests); those of concluded inspections (whom they concern). The policies pick the row that the reader may see.';

ALTER TABLE finding ADD COLUMN rests_on text NOT NULL DEFAULT 'all' CONSTRAINT finding_rests_on CHECK (rests_on IN ('all', 'released', 'concluded'));
ALTER TABLE finding DROP CONSTRAINT finding_pkey, ADD PRIMARY KEY (result_id, period_start, view, ordinal, rests_on);
COMMENT ON COLUMN finding.rests_on IS 'As of site_status. On released results there is one only where a mean was looked at (samplings): the others are the same for everybody.';

-- Guests are marked by the rows that are theirs.
DROP INDEX site_status_newest_released;
CREATE INDEX site_status_newest_released ON site_status (view, site_id) INCLUDE (released, reviewed, data_group, rests_on) WHERE newest_released;
DROP INDEX site_status_released;

CREATE OR REPLACE FUNCTION portal_mark_newest() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    -- One writer at a time: two that each added a campaign would else both call theirs the newest.
    UPDATE data_version SET version = version + 1;

    WITH touched AS (
        SELECT DISTINCT site_id, medium, data_group, view FROM changed
    ), marked AS (
        SELECT st.site_id, st.medium, st.data_group, st.campaign_id, st.view, st.rests_on, false AS newest, false AS newest_released
        FROM touched JOIN site_status AS st USING (site_id, medium, data_group, view) WHERE st.newest
        UNION ALL
        SELECT st.site_id, st.medium, st.data_group, st.campaign_id, st.view, st.rests_on, false, false
        FROM touched JOIN site_status AS st USING (site_id, medium, data_group, view) WHERE st.newest_released
        UNION ALL
        SELECT touched.site_id, touched.medium, touched.data_group, first.campaign_id, touched.view, 'all', true, false
        FROM touched CROSS JOIN LATERAL (
            SELECT st.campaign_id FROM site_status AS st
            WHERE (st.view, st.site_id, st.medium, st.data_group) = (touched.view, touched.site_id, touched.medium, touched.data_group) AND st.rests_on = 'all'
            ORDER BY st.period_end DESC, st.campaign_id DESC LIMIT 1) AS first
        UNION ALL
        SELECT touched.site_id, touched.medium, touched.data_group, first.campaign_id, touched.view, 'released', false, true
        FROM touched CROSS JOIN LATERAL (
            SELECT st.campaign_id FROM site_status AS st
            WHERE (st.view, st.site_id, st.medium, st.data_group) = (touched.view, touched.site_id, touched.medium, touched.data_group)
              AND st.rests_on = 'released' AND st.released AND st.reviewed AND st.data_group <> 'd'
            ORDER BY st.period_end DESC, st.campaign_id DESC LIMIT 1) AS first
    ), wanted AS (
        SELECT site_id, medium, data_group, campaign_id, view, rests_on, bool_or(newest) AS newest, bool_or(newest_released) AS newest_released
        FROM marked GROUP BY site_id, medium, data_group, campaign_id, view, rests_on
    )
    UPDATE site_status AS st SET newest = wanted.newest, newest_released = wanted.newest_released
    FROM wanted
    WHERE (st.site_id, st.medium, st.data_group, st.campaign_id, st.view, st.rests_on)
        = (wanted.site_id, wanted.medium, wanted.data_group, wanted.campaign_id, wanted.view, wanted.rests_on)
      AND (st.newest, st.newest_released) IS DISTINCT FROM (wanted.newest, wanted.newest_released);
    RETURN NULL;
END
$$;
-- What was newest for guests until now is no row of theirs.
UPDATE site_status SET newest_released = false WHERE newest_released;

-- Who judges replaces all rows of an event, and says so for the time of it; readers see one.
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['site_status', 'finding']
    LOOP
        EXECUTE format('DROP POLICY province ON %I', t);
        EXECUTE format('CREATE POLICY province ON %I FOR SELECT TO quantrac_province USING (rests_on = ''all'' OR current_setting(''quantrac.judging'', true) = ''on'')', t);
        EXECUTE format('CREATE POLICY province_new ON %I FOR INSERT TO quantrac_province WITH CHECK (true)', t);
        EXECUTE format('CREATE POLICY province_change ON %I FOR UPDATE TO quantrac_province USING (true)', t);
        EXECUTE format('CREATE POLICY province_gone ON %I FOR DELETE TO quantrac_province USING (true)', t);
        -- Whom an inspection concerns sees what rests on concluded ones; nobody but the province judges for other readers.
        EXECUTE format('CREATE POLICY rests_on_seen ON %I AS RESTRICTIVE FOR SELECT TO quantrac_scoped USING (
            rests_on = CASE WHEN data_group = ''d'' AND NOT (SELECT portal_is_state_body()) THEN ''concluded'' ELSE ''all'' END)', t);
        EXECUTE format('CREATE POLICY rests_on_all ON %I AS RESTRICTIVE FOR INSERT TO quantrac_scoped WITH CHECK (rests_on = ''all'')', t);
    END LOOP;
END
$$;
DROP POLICY released ON site_status;
CREATE POLICY released ON site_status FOR SELECT TO quantrac_guest USING (rests_on = 'released' AND released AND reviewed AND data_group <> 'd');
CREATE POLICY rests_on_open ON finding AS RESTRICTIVE FOR SELECT TO quantrac_guest USING (rests_on = 'released' OR (rests_on = 'all' AND samplings IS NULL));

-- An inspection is what was accepted of it: a late file that nobody has reviewed is in no status of those whom it concerns.
CREATE POLICY reviewed ON result AS RESTRICTIVE FOR SELECT TO quantrac_scoped USING (
    data_group <> 'd' OR (SELECT portal_is_state_body()) OR portal_accepted(submission_id));
