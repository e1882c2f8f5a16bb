-- The map asks for the newest status of every site, medium and group. Which one that is is kept on the rows themselves, once for who sees
-- everything and once for guests; the few who see by scope look it up (an inspection that is not concluded hides from some of them).

-- Null until the trigger has looked: statuses are copied in without saying.
ALTER TABLE site_status ADD COLUMN newest boolean, ADD COLUMN newest_released boolean;
COMMENT ON COLUMN site_status.newest IS 'The newest of its site, medium, data group and view.';
COMMENT ON COLUMN site_status.newest_released IS 'The newest of those that guests may see.';

UPDATE site_status AS st
SET newest = true
FROM (SELECT DISTINCT ON (site_id, medium, data_group, view) site_id, medium, data_group, campaign_id, view FROM site_status
      ORDER BY site_id, medium, data_group, view, period_end DESC, campaign_id DESC) AS first
WHERE (st.site_id, st.medium, st.data_group, st.campaign_id, st.view) = (first.site_id, first.medium, first.data_group, first.campaign_id, first.view);
UPDATE site_status AS st
SET newest_released = true
FROM (SELECT DISTINCT ON (site_id, medium, data_group, view) site_id, medium, data_group, campaign_id, view FROM site_status
      WHERE released AND reviewed AND data_group <> 'd' ORDER BY site_id, medium, data_group, view, period_end DESC, campaign_id DESC) AS first
WHERE (st.site_id, st.medium, st.data_group, st.campaign_id, st.view) = (first.site_id, first.medium, first.data_group, first.campaign_id, first.view);

CREATE INDEX site_status_newest ON site_status (view, site_id) WHERE newest;
-- With what the guests' policy tests, so that it is answered by the index alone.
CREATE INDEX site_status_newest_released ON site_status (view, site_id) INCLUDE (released, reviewed, data_group) WHERE newest_released;

CREATE FUNCTION portal_mark_newest() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    -- One writer at a time: two that each added a campaign would else both call theirs the newest.
    UPDATE data_version SET version = version + 1;

    WITH touched AS (
        SELECT DISTINCT site_id, medium, data_group, view FROM changed
    ), marked AS (
        SELECT st.site_id, st.medium, st.data_group, st.campaign_id, st.view, false AS newest, false AS newest_released
        FROM touched JOIN site_status AS st USING (site_id, medium, data_group, view) WHERE st.newest
        UNION ALL
        SELECT st.site_id, st.medium, st.data_group, st.campaign_id, st.view, false, false
        FROM touched JOIN site_status AS st USING (site_id, medium, data_group, view) WHERE st.newest_released
        UNION ALL
        SELECT touched.site_id, touched.medium, touched.data_group, first.campaign_id, touched.view, true, false
        FROM touched CROSS JOIN LATERAL (
            SELECT st.campaign_id FROM site_status AS st
            WHERE (st.view, st.site_id, st.medium, st.data_group) = (touched.view, touched.site_id, touched.medium, touched.data_group)
            ORDER BY st.period_end DESC, st.campaign_id DESC LIMIT 1) AS first
        UNION ALL
        SELECT touched.site_id, touched.medium, touched.data_group, first.campaign_id, touched.view, false, true
        FROM touched CROSS JOIN LATERAL (
            SELECT st.campaign_id FROM site_status AS st
            WHERE (st.view, st.site_id, st.medium, st.data_group) = (touched.view, touched.site_id, touched.medium, touched.data_group)
              AND st.released AND st.reviewed AND st.data_group <> 'd'
            ORDER BY st.period_end DESC, st.campaign_id DESC LIMIT 1) AS first
    ), wanted AS (
        SELECT site_id, medium, data_group, campaign_id, view, bool_or(newest) AS newest, bool_or(newest_released) AS newest_released
        FROM marked GROUP BY site_id, medium, data_group, campaign_id, view
    )
    UPDATE site_status AS st SET newest = wanted.newest, newest_released = wanted.newest_released
    FROM wanted
    WHERE (st.site_id, st.medium, st.data_group, st.campaign_id, st.view)
        = (wanted.site_id, wanted.medium, wanted.data_group, wanted.campaign_id, wanted.view)
      AND (st.newest, st.newest_released) IS DISTINCT FROM (wanted.newest, wanted.newest_released);
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION portal_mark_newest() FROM PUBLIC;

-- Its own marking fires none of these.
CREATE TRIGGER site_status_added AFTER INSERT ON site_status REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION portal_mark_newest();
CREATE TRIGGER site_status_changed AFTER UPDATE ON site_status REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION portal_mark_newest();
CREATE TRIGGER site_status_gone AFTER DELETE ON site_status REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION portal_mark_newest();

-- Guests know the sites of which something is released: each of them has a newest such status, so the mark tells it at once.
DROP POLICY released ON site;
CREATE POLICY released ON site FOR SELECT TO quantrac_guest USING (
    id IN (SELECT site_id FROM site_status WHERE newest_released AND view = 'today'));
DROP POLICY released ON site_position;
CREATE POLICY released ON site_position FOR SELECT TO quantrac_guest USING (
    site_id IN (SELECT site_id FROM site_status WHERE newest_released AND view = 'today'));
