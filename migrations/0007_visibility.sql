-- Who sees which site and data group, kept up whenever one of its sources changes. Dates are tested by the policies,
-- so the calendar moves without a job.

CREATE FUNCTION portal_organisation() RETURNS int
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('quantrac.organisation', true), '')::int $$;

CREATE TABLE visible_organisation (
    organisation_id int NOT NULL REFERENCES organisation,
    sees_id         int NOT NULL REFERENCES organisation,
    manage          boolean NOT NULL,
    valid           daterange NOT NULL,
    PRIMARY KEY (organisation_id, sees_id, manage, valid)
);
COMMENT ON TABLE visible_organisation IS 'An organisation sees itself and its descendants; the days are those on which the whole chain of parents held.';

CREATE TABLE visible (
    organisation_id int NOT NULL REFERENCES organisation,
    site_id         int NOT NULL REFERENCES site,
    data_group      text NOT NULL REFERENCES data_group,
    rule            text NOT NULL CONSTRAINT visible_rule CHECK (rule IN ('own', 'territory', 'group', 'list')),
    valid           daterange NOT NULL,
    PRIMARY KEY (organisation_id, site_id, data_group, rule, valid)
);

CREATE FUNCTION portal_refresh_visible() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    -- One at a time: two changes of the tree would else each write what the other has made wrong.
    PERFORM pg_advisory_xact_lock(2620229002);
    CREATE TEMP TABLE IF NOT EXISTS new_tree (LIKE visible_organisation) ON COMMIT DROP;
    CREATE TEMP TABLE IF NOT EXISTS new_visible (LIKE visible) ON COMMIT DROP;
    TRUNCATE new_tree, new_visible;

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
    -- By the register of communes and districts; by polygon where one is loaded.
    SELECT territory.organisation_id, site.id, data_group.code, 'territory', territory.valid * position.valid
    FROM organisation_territory AS territory
    JOIN administrative_unit AS unit ON unit.code = territory.unit
    JOIN site_position AS position ON position.valid && territory.valid
    JOIN site ON site.id = position.site_id
        AND CASE WHEN unit.kind = 'province' THEN true
            WHEN unit.area IS NULL THEN unit.code IN (site.commune, site.district)
            ELSE ST_Covers(unit.area, position.point) END
    CROSS JOIN data_group
    UNION
    SELECT by_group.organisation_id, programme_site.site_id, by_group.data_group, 'group', by_group.valid * programme_site.valid
    FROM organisation_group AS by_group
    JOIN programme_site ON programme_site.data_group = by_group.data_group
    WHERE NOT isempty(by_group.valid * programme_site.valid)
    UNION
    SELECT by_list.organisation_id, item.site_id, data_group.code, 'list', by_list.valid
    FROM organisation_list AS by_list
    JOIN site_list_item AS item ON item.list_id = by_list.list_id
    CROSS JOIN data_group;

    DELETE FROM visible_organisation AS old
    WHERE NOT EXISTS (SELECT FROM new_tree AS new WHERE (new.*) = (old.*));
    INSERT INTO visible_organisation SELECT * FROM new_tree ON CONFLICT DO NOTHING;
    DELETE FROM visible AS old
    WHERE NOT EXISTS (SELECT FROM new_visible AS new
        WHERE new.organisation_id = old.organisation_id AND new.site_id = old.site_id
          AND new.data_group = old.data_group AND new.rule = old.rule AND new.valid = old.valid);
    INSERT INTO visible SELECT * FROM new_visible ON CONFLICT DO NOTHING;
    UPDATE data_version SET version = version + 1;
END
$$;
REVOKE ALL ON FUNCTION portal_refresh_visible() FROM PUBLIC;

CREATE FUNCTION portal_visible_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    PERFORM portal_refresh_visible();
    RETURN NULL;
END
$$;

DO $$
DECLARE
    source text;
BEGIN
    FOREACH source IN ARRAY ARRAY['organisation', 'organisation_parent', 'organisation_territory', 'organisation_group', 'organisation_list',
        'site_list_item', 'site', 'site_position', 'facility', 'programme_site', 'administrative_unit']
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE ON %I FOR EACH STATEMENT EXECUTE FUNCTION portal_visible_changed()',
            source || '_visible', source);
    END LOOP;
END
$$;

CREATE FUNCTION portal_is_state_body() RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT coalesce((SELECT kind NOT IN ('facility', 'parent', 'public') FROM organisation WHERE id = portal_organisation()), false) $$;
REVOKE ALL ON FUNCTION portal_is_state_body() FROM PUBLIC;

-- A release or the conclusion of an inspection changes what others see.
CREATE FUNCTION portal_campaign_changed() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    UPDATE data_version SET version = version + 1;
    RETURN NULL;
END
$$;
CREATE TRIGGER campaign_version AFTER UPDATE ON campaign FOR EACH STATEMENT EXECUTE FUNCTION portal_campaign_changed();
