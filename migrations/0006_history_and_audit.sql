-- Who changed what: the row as it was before, of every core table. Results need none: they are never changed.

CREATE FUNCTION portal_account() RETURNS int
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT nullif(current_setting('quantrac.account', true), '')::int $$;

CREATE TABLE history (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    table_name text NOT NULL,
    act        text NOT NULL CONSTRAINT history_act CHECK (act IN ('UPDATE', 'DELETE')),
    before     jsonb NOT NULL,
    account_id int,
    login      text NOT NULL,
    at         timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX history_table ON history (table_name, at);

CREATE FUNCTION portal_keep_history() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    INSERT INTO history (table_name, act, before, account_id, login)
    SELECT TG_TABLE_NAME, TG_OP, to_jsonb(gone), portal_account(), session_user FROM gone;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    core text;
BEGIN
    FOREACH core IN ARRAY ARRAY['unit', 'unit_alias', 'parameter', 'parameter_alias', 'medium', 'standard', 'standard_column', 'standard_limit',
        'administrative_unit_name', 'organisation', 'organisation_name', 'organisation_parent', 'organisation_territory',
        'organisation_group', 'organisation_list', 'facility', 'permit', 'permit_limit', 'inspection', 'site', 'site_position', 'site_standard',
        'site_list', 'site_list_item', 'programme', 'programme_site', 'campaign', 'laboratory', 'laboratory_certificate', 'sample']
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            core || '_history_update', core);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            core || '_history_delete', core);
    END LOOP;
END
$$;

-- Append-only: no login may change or delete an entry.
CREATE TABLE audit (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at              timestamptz NOT NULL DEFAULT clock_timestamp(),
    account_id      int,
    account_name    text NOT NULL DEFAULT '',
    organisation_id int,
    login           text NOT NULL DEFAULT session_user,
    act             text NOT NULL,
    subject         text NOT NULL DEFAULT '',
    details         jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_at ON audit (at);
