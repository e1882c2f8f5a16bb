-- Organisations change by document, from a day on. Territories may be drawn or loaded. Where a site lies, by day, is kept beside what is seen of it.

-- One document and all that it changes.
CREATE TABLE organisation_change (
    id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number       text NOT NULL CONSTRAINT organisation_change_number CHECK (number <> ''),
    dated        date NOT NULL,
    from_day     date NOT NULL,
    file_sha256  text NOT NULL REFERENCES stored_file,
    file_name    text NOT NULL,
    note         text NOT NULL DEFAULT '',
    acts         jsonb NOT NULL CONSTRAINT organisation_change_acts CHECK (jsonb_array_length(acts) > 0),
    effect       jsonb NOT NULL DEFAULT '[]',
    at           timestamptz NOT NULL,
    account_id   int,
    account_name text NOT NULL
);
COMMENT ON COLUMN organisation_change.acts IS 'What was asked for.';
COMMENT ON COLUMN organisation_change.effect IS 'What each organisation gained and lost by it, as shown before it was made.';

-- What became of an organisation that was merged, divided or dissolved.
CREATE TABLE organisation_successor (
    organisation_id int NOT NULL REFERENCES organisation,
    successor_id    int NOT NULL REFERENCES organisation,
    from_day        date NOT NULL,
    source          text NOT NULL DEFAULT '',
    change_id       int REFERENCES organisation_change,
    origin          text NOT NULL DEFAULT 'local',
    PRIMARY KEY (organisation_id, successor_id),
    CONSTRAINT organisation_successor_not_itself CHECK (organisation_id <> successor_id)
);
CREATE INDEX organisation_successor_successor ON organisation_successor (successor_id);

-- A territory that no register names: drawn on the map or loaded from a file.
CREATE TABLE organisation_area (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id int NOT NULL REFERENCES organisation,
    name            text NOT NULL CONSTRAINT organisation_area_name CHECK (name <> ''),
    area            geometry(MultiPolygon, 4326) NOT NULL CONSTRAINT organisation_area_valid CHECK (ST_IsValid(area) AND NOT ST_IsEmpty(area)),
    valid           daterange NOT NULL,
    source          text NOT NULL DEFAULT '',
    change_id       int REFERENCES organisation_change,
    ended_by        int REFERENCES organisation_change,
    origin          text NOT NULL DEFAULT 'local',
    CONSTRAINT organisation_area_no_overlap EXCLUDE USING gist (organisation_id WITH =, name WITH =, valid WITH &&)
);
CREATE INDEX organisation_area_area ON organisation_area USING gist (area);

-- In which commune or district a site lies, on which days: by polygon where one covers it, else by the register.
CREATE TABLE site_unit (
    site_id int NOT NULL REFERENCES site,
    unit    text NOT NULL REFERENCES administrative_unit,
    by_area boolean NOT NULL,
    valid   daterange NOT NULL,
    PRIMARY KEY (site_id, unit, valid)
);
CREATE INDEX site_unit_unit ON site_unit (unit);
COMMENT ON COLUMN site_unit.by_area IS 'By polygon; false: by the register.';

-- In which programmes an organisation sees a site at all: campaigns are asked for far more often than there are programmes.
CREATE TABLE visible_programme (
    organisation_id int NOT NULL REFERENCES organisation,
    programme_id    int NOT NULL REFERENCES programme,
    valid           daterange NOT NULL,
    PRIMARY KEY (organisation_id, programme_id, valid)
);

ALTER TABLE organisation ADD COLUMN change_id int REFERENCES organisation_change;
ALTER TABLE site_list ADD COLUMN change_id int REFERENCES organisation_change;
ALTER TABLE administrative_unit ADD COLUMN area_change_id int REFERENCES organisation_change;
DO $$
DECLARE
    dated text;
BEGIN
    FOREACH dated IN ARRAY ARRAY['organisation_name', 'organisation_parent', 'organisation_territory', 'organisation_group', 'organisation_list']
    LOOP
        EXECUTE format('ALTER TABLE %I ADD COLUMN change_id int REFERENCES organisation_change, ADD COLUMN ended_by int REFERENCES organisation_change', dated);
    END LOOP;
END
$$;
ALTER TABLE site_list_item DROP CONSTRAINT site_list_item_pkey,
    ADD COLUMN valid daterange NOT NULL DEFAULT daterange(NULL, NULL),
    ADD COLUMN change_id int REFERENCES organisation_change,
    ADD COLUMN ended_by int REFERENCES organisation_change,
    ADD CONSTRAINT site_list_item_no_overlap EXCLUDE USING gist (list_id WITH =, site_id WITH =, valid WITH &&);
CREATE INDEX site_list_item_site ON site_list_item (site_id);

-- Nobody stands under oneself, directly or through others, on any day.
CREATE FUNCTION portal_no_circle() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    IF EXISTS (
        WITH RECURSIVE above AS (
            SELECT organisation_id AS child, parent_id AS reached, valid FROM changed
            UNION ALL
            SELECT above.child, next.parent_id, above.valid * next.valid
            FROM above JOIN organisation_parent AS next ON next.organisation_id = above.reached AND next.valid && above.valid
            WHERE above.reached <> above.child
        ) CYCLE reached SET met USING path
        SELECT FROM above WHERE reached = child)
    THEN
        RAISE EXCEPTION 'An organisation would stand under itself.' USING ERRCODE = '23514', CONSTRAINT = 'organisation_parent_no_circle';
    END IF;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION portal_no_circle() FROM PUBLIC;
CREATE TRIGGER organisation_parent_circle_insert AFTER INSERT ON organisation_parent REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION portal_no_circle();
CREATE TRIGGER organisation_parent_circle_update AFTER UPDATE ON organisation_parent REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION portal_no_circle();

CREATE OR REPLACE FUNCTION portal_refresh_visible() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    -- One at a time: two changes of the tree would else each write what the other has made wrong.
    PERFORM pg_advisory_xact_lock(2620229002);
    CREATE TEMP TABLE IF NOT EXISTS new_tree (LIKE visible_organisation) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS new_unit (LIKE site_unit) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS new_visible (LIKE visible) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS new_programme (LIKE visible_programme) ON COMMIT DROP;
    TRUNCATE new_tree, new_unit, new_visible, new_programme;

    INSERT INTO new_tree
    WITH RECURSIVE tree AS (
        SELECT id AS organisation_id, id AS sees_id, true AS manage, daterange(NULL, NULL) AS valid, ARRAY[id] AS path
        FROM organisation
        UNION ALL
        SELECT tree.organisation_id, child.organisation_id, tree.manage AND child.manage, tree.valid * child.valid, path || child.organisation_id
        FROM tree
        JOIN organisation_parent AS child ON child.parent_id = tree.sees_id
        WHERE child.organisation_id <> ALL (path) AND NOT isempty(tree.valid * child.valid)
    )
    -- State bodies stand under the Department in the tree, but the tree gives data to parent companies and facilities only.
    SELECT DISTINCT tree.organisation_id, sees_id, tree.manage, valid
    FROM tree
    JOIN organisation AS top ON top.id = tree.organisation_id
    WHERE tree.organisation_id = sees_id OR top.kind IN ('parent', 'facility');

    INSERT INTO new_unit
    SELECT DISTINCT position.site_id, unit.code, true, position.valid * unit.valid
    FROM administrative_unit AS unit
    JOIN site_position AS position ON ST_Covers(unit.area, position.point)
    WHERE unit.kind IN ('commune', 'district') AND NOT isempty(position.valid * unit.valid);
    INSERT INTO new_unit
    SELECT site.id, unit.code, false, unit.valid
    FROM site
    JOIN administrative_unit AS unit ON unit.code IN (site.commune, site.district) AND unit.area IS NULL
    WHERE NOT EXISTS (
        SELECT FROM new_unit AS drawn JOIN administrative_unit AS other ON other.code = drawn.unit
        WHERE drawn.site_id = site.id AND other.kind = unit.kind AND drawn.valid && unit.valid);

    INSERT INTO new_visible
    SELECT DISTINCT tree.organisation_id, site.id, data_group.code, 'own', tree.valid
    FROM new_tree AS tree
    JOIN site ON site.owner_id = tree.sees_id
    CROSS JOIN data_group
    UNION
    SELECT tree.organisation_id, site.id, data_group.code, 'own', tree.valid
    FROM new_tree AS tree
    JOIN facility ON facility.organisation_id = tree.sees_id
    JOIN site ON site.facility_id = facility.id
    CROSS JOIN data_group
    UNION
    SELECT territory.organisation_id, site.id, data_group.code, 'territory', territory.valid
    FROM organisation_territory AS territory
    JOIN administrative_unit AS unit ON unit.code = territory.unit AND unit.kind = 'province'
    CROSS JOIN site
    CROSS JOIN data_group
    UNION
    -- Of a commune or district as long as the territory holds: who has the land has its older data too.
    SELECT territory.organisation_id, inside.site_id, data_group.code, 'territory', territory.valid * position.valid
    FROM organisation_territory AS territory
    JOIN new_unit AS inside ON inside.unit = territory.unit
    JOIN administrative_unit AS unit ON unit.code = inside.unit
    JOIN site_position AS position ON position.site_id = inside.site_id AND position.valid && territory.valid
        AND (NOT inside.by_area OR ST_Covers(unit.area, position.point))
    CROSS JOIN data_group
    UNION
    SELECT drawn.organisation_id, position.site_id, data_group.code, 'territory', drawn.valid * position.valid
    FROM organisation_area AS drawn
    JOIN site_position AS position ON position.valid && drawn.valid AND ST_Covers(drawn.area, position.point)
    CROSS JOIN data_group
    UNION
    SELECT by_group.organisation_id, programme_site.site_id, by_group.data_group, 'group', by_group.valid * programme_site.valid
    FROM organisation_group AS by_group
    JOIN programme_site ON programme_site.data_group = by_group.data_group
    WHERE NOT isempty(by_group.valid * programme_site.valid)
    UNION
    SELECT by_list.organisation_id, item.site_id, data_group.code, 'list', by_list.valid * item.valid
    FROM organisation_list AS by_list
    JOIN site_list_item AS item ON item.list_id = by_list.list_id
    CROSS JOIN data_group
    WHERE NOT isempty(by_list.valid * item.valid);

    INSERT INTO new_programme
    SELECT DISTINCT seen.organisation_id, watched.programme_id, seen.valid
    FROM new_visible AS seen
    JOIN programme_site AS watched ON watched.site_id = seen.site_id AND watched.data_group = seen.data_group;

    DELETE FROM visible_organisation AS old
    WHERE NOT EXISTS (SELECT FROM new_tree AS new WHERE (new.*) = (old.*));
    INSERT INTO visible_organisation SELECT * FROM new_tree ON CONFLICT DO NOTHING;
    DELETE FROM visible_programme AS old
    WHERE NOT EXISTS (SELECT FROM new_programme AS new WHERE (new.*) = (old.*));
    INSERT INTO visible_programme SELECT * FROM new_programme ON CONFLICT DO NOTHING;
    DELETE FROM site_unit AS old
    WHERE NOT EXISTS (SELECT FROM new_unit AS new WHERE (new.*) = (old.*));
    INSERT INTO site_unit SELECT * FROM new_unit ON CONFLICT DO NOTHING;
    DELETE FROM visible AS old
    WHERE NOT EXISTS (SELECT FROM new_visible AS new
        WHERE new.organisation_id = old.organisation_id AND new.site_id = old.site_id
          AND new.data_group = old.data_group AND new.rule = old.rule AND new.valid = old.valid);
    INSERT INTO visible SELECT * FROM new_visible ON CONFLICT DO NOTHING;
    UPDATE data_version SET version = version + 1;
END
$$;
-- Once for each transaction, at its end, however many of its statements touch a source: a document may change hundreds of rows. Who needs it
-- earlier says SET CONSTRAINTS data_version_stale IMMEDIATE.
ALTER TABLE data_version ADD COLUMN stale boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN data_version.stale IS 'Inside a transaction only: what is seen is to be computed anew before it ends.';
CREATE OR REPLACE FUNCTION portal_visible_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    UPDATE data_version SET stale = true WHERE NOT stale;
    RETURN NULL;
END
$$;
CREATE FUNCTION portal_refresh_stale() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    PERFORM portal_refresh_visible();
    UPDATE data_version SET stale = false;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION portal_refresh_stale() FROM PUBLIC;
CREATE CONSTRAINT TRIGGER data_version_stale AFTER UPDATE ON data_version DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (NEW.stale AND NOT OLD.stale) EXECUTE FUNCTION portal_refresh_stale();
CREATE TRIGGER organisation_area_visible AFTER INSERT OR UPDATE OR DELETE ON organisation_area
    FOR EACH STATEMENT EXECUTE FUNCTION portal_visible_changed();
SELECT portal_refresh_visible();

-- The map asks for the newest name; a renaming changes it.
CREATE TRIGGER organisation_name_version AFTER INSERT OR UPDATE OR DELETE ON organisation_name
    FOR EACH STATEMENT EXECUTE FUNCTION portal_campaign_changed();

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['organisation_change', 'organisation_successor', 'organisation_area', 'site_unit', 'visible_programme']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
        EXECUTE format('GRANT SELECT ON %I TO quantrac_province', t);
        EXECUTE format('CREATE POLICY province ON %I FOR SELECT TO quantrac_province USING (true)', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['organisation_successor', 'organisation_area']
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            t || '_history_update', t);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            t || '_history_delete', t);
    END LOOP;
    -- Nothing of an organisation is written without the document that says so, neither its beginning nor its end.
    FOREACH t IN ARRAY ARRAY['organisation_name', 'organisation_parent', 'organisation_territory', 'organisation_group', 'organisation_list',
        'site_list_item', 'organisation_area']
    LOOP
        EXECUTE format('DROP POLICY province ON %I', t);
        EXECUTE format('GRANT INSERT, UPDATE, DELETE ON %I TO quantrac_province', t);
        EXECUTE format('CREATE POLICY province ON %I FOR SELECT TO quantrac_province USING (true)', t);
        EXECUTE format('CREATE POLICY by_document ON %I FOR INSERT TO quantrac_province WITH CHECK (change_id IS NOT NULL)', t);
        EXECUTE format('CREATE POLICY ended_by_document ON %I FOR UPDATE TO quantrac_province USING (true) WITH CHECK (ended_by IS NOT NULL)', t);
        -- What ends on the day on which it begins never was; its history says by whom.
        EXECUTE format('CREATE POLICY never_was ON %I FOR DELETE TO quantrac_province USING (true)', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['organisation', 'site_list', 'organisation_successor']
    LOOP
        EXECUTE format('DROP POLICY province ON %I', t);
        EXECUTE format('GRANT INSERT ON %I TO quantrac_province', t);
        EXECUTE format('CREATE POLICY province ON %I FOR SELECT TO quantrac_province USING (true)', t);
        EXECUTE format('CREATE POLICY by_document ON %I FOR INSERT TO quantrac_province WITH CHECK (change_id IS NOT NULL)', t);
    END LOOP;
END
$$;
GRANT INSERT ON organisation_change TO quantrac_province;
CREATE POLICY own ON organisation_change FOR INSERT TO quantrac_province WITH CHECK (account_id IS NOT DISTINCT FROM portal_account());
GRANT UPDATE (effect) ON organisation_change TO quantrac_province;
CREATE POLICY own_change ON organisation_change FOR UPDATE TO quantrac_province USING (effect = '[]' AND account_id IS NOT DISTINCT FROM portal_account())
    WITH CHECK (true);
GRANT UPDATE (area, area_change_id) ON administrative_unit TO quantrac_province;
CREATE POLICY by_document ON administrative_unit FOR UPDATE TO quantrac_province USING (true) WITH CHECK (area_change_id IS NOT NULL);

-- Scoped: of oneself and one's descendants; where one's sites lie.
GRANT SELECT ON organisation_successor, organisation_area, organisation_territory, organisation_group, site_unit TO quantrac_scoped;
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['organisation_area', 'organisation_territory', 'organisation_group']
    LOOP
        EXECUTE format('CREATE POLICY in_scope ON %I FOR SELECT TO quantrac_scoped USING (
            organisation_id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today()))', t);
    END LOOP;
END
$$;
-- By which document it is so; not what else the document changed.
GRANT SELECT (id, number, dated, from_day) ON organisation_change TO quantrac_scoped;
CREATE POLICY in_scope ON organisation_change FOR SELECT TO quantrac_scoped USING (
    id IN (SELECT change_id FROM organisation_territory) OR id IN (SELECT change_id FROM organisation_group)
    OR id IN (SELECT change_id FROM organisation_parent));
CREATE POLICY in_scope ON organisation_successor FOR SELECT TO quantrac_scoped USING (
    organisation_id IN (SELECT id FROM organisation) AND successor_id IN (SELECT id FROM organisation));
CREATE POLICY in_scope ON site_unit FOR SELECT TO quantrac_scoped USING (site_id IN (SELECT id FROM site));
GRANT SELECT ON site_unit TO quantrac_guest;
CREATE POLICY released ON site_unit FOR SELECT TO quantrac_guest USING (site_id IN (SELECT id FROM site));
-- A subsidiary knows its parents' names, and a parent those that its subsidiaries had before: records name the parent of their day.
DROP POLICY in_scope ON organisation;
CREATE POLICY in_scope ON organisation FOR SELECT TO quantrac_scoped USING (
    kind NOT IN ('facility', 'parent', 'public')
    OR id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today())
    OR id IN (SELECT parent_id FROM organisation_parent)
    OR id IN (SELECT owner_id FROM site));

-- An inspection concerns those whose sites it sampled: a programme of inspections names others too. One that has brought nothing yet is known to
-- state bodies, who hand its results in.
CREATE FUNCTION portal_inspected() RETURNS SETOF int
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        -- From the inspections, which are few, to what they sampled; not from all that is sampled.
        SELECT c.id FROM campaign AS c WHERE c.inspection_id IS NOT NULL AND CASE
            WHEN EXISTS (SELECT FROM sample AS s WHERE s.campaign_id = c.id) THEN EXISTS (
                SELECT FROM sample AS s JOIN visible AS v ON v.site_id = s.site_id AND v.data_group = s.data_group
                WHERE s.campaign_id = c.id AND v.organisation_id = portal_organisation() AND v.valid @> portal_today())
            ELSE portal_is_state_body() END
        UNION
        SELECT c.id FROM campaign AS c JOIN inspection AS i ON i.id = c.inspection_id
        WHERE i.organisation_id = portal_organisation() AND portal_is_state_body()
    $$;
REVOKE ALL ON FUNCTION portal_inspected() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_inspected() TO quantrac_scoped;
GRANT SELECT ON visible_programme TO quantrac_scoped;
CREATE POLICY own_scope ON visible_programme FOR SELECT TO quantrac_scoped USING (organisation_id = portal_organisation());
DROP POLICY in_scope ON campaign;
CREATE POLICY in_scope ON campaign FOR SELECT TO quantrac_scoped USING (
    EXISTS (SELECT FROM visible_programme AS v WHERE v.programme_id = campaign.programme_id AND v.valid @> portal_today())
    AND (inspection_id IS NULL OR ((concluded_on <= portal_today() OR portal_is_state_body()) AND id IN (SELECT portal_inspected()))));

-- EXISTS where IN stood: for the few rows of one site the planner then takes one step into the index for each, for many it hashes as before.
-- IN was hashed anew for every partition, five milliseconds each for a parent of a thousand sites.
DROP POLICY in_scope ON site;
CREATE POLICY in_scope ON site FOR SELECT TO quantrac_scoped USING (
    EXISTS (SELECT FROM visible AS v WHERE v.site_id = site.id AND v.valid @> portal_today()));
DROP POLICY in_scope ON programme_site;
CREATE POLICY in_scope ON programme_site FOR SELECT TO quantrac_scoped USING (
    EXISTS (SELECT FROM visible AS v WHERE v.site_id = programme_site.site_id AND v.data_group = programme_site.data_group AND v.valid @> portal_today()));
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['sample', 'result', 'finding', 'site_status']
    LOOP
        EXECUTE format('DROP POLICY in_scope ON %I', t);
        EXECUTE format('CREATE POLICY in_scope ON %1$I FOR SELECT TO quantrac_scoped USING (
            EXISTS (SELECT FROM visible AS v WHERE v.site_id = %1$I.site_id AND v.data_group = %1$I.data_group AND v.valid @> portal_today())
            AND EXISTS (SELECT FROM campaign AS c WHERE c.id = %1$I.campaign_id))', t);
    END LOOP;
END
$$;

-- The same for guests: what is released is looked up for the rows in hand, not gathered for the whole province first.
DROP POLICY released ON sample;
CREATE POLICY released ON sample FOR SELECT TO quantrac_guest USING (
    data_group <> 'd' AND EXISTS (SELECT FROM campaign AS c WHERE c.id = sample.campaign_id)
    AND EXISTS (SELECT FROM site_status AS reviewed WHERE reviewed.site_id = sample.site_id AND reviewed.medium = sample.medium
        AND reviewed.data_group = sample.data_group AND reviewed.campaign_id = sample.campaign_id));
DROP POLICY released ON result;
CREATE POLICY released ON result FOR SELECT TO quantrac_guest USING (
    data_group <> 'd' AND EXISTS (SELECT FROM campaign AS c WHERE c.id = result.campaign_id)
    AND EXISTS (SELECT FROM submission AS handed WHERE handed.id = result.submission_id));
DROP POLICY released ON finding;
CREATE POLICY released ON finding FOR SELECT TO quantrac_guest USING (
    data_group <> 'd' AND EXISTS (SELECT FROM campaign AS c WHERE c.id = finding.campaign_id)
    AND EXISTS (SELECT FROM sample AS s WHERE s.id = finding.sample_id)
    AND EXISTS (SELECT FROM result AS r WHERE r.id = finding.result_id AND r.period_start = finding.period_start));
