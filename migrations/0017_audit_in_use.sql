-- The audit as it is read and kept: which rows an act changed, and what may be deleted when its time is over.

-- An entry and the rows that it changed were written in one transaction. What was there before stays without.
ALTER TABLE audit ADD COLUMN tx xid8;
ALTER TABLE audit ALTER COLUMN tx SET DEFAULT pg_current_xact_id();
ALTER TABLE history ADD COLUMN tx xid8;
ALTER TABLE history ALTER COLUMN tx SET DEFAULT pg_current_xact_id();
CREATE INDEX history_tx ON history (tx) WHERE tx IS NOT NULL;
CREATE INDEX audit_account ON audit (account_name, id);
CREATE INDEX audit_act ON audit (act, id);

-- The rows that an entry changed, as they were and as they became. Runs with the rights of the caller.
CREATE FUNCTION portal_changes_of(entry bigint) RETURNS TABLE (table_name text, act text, before jsonb, after jsonb)
    LANGUAGE plpgsql STABLE SET search_path = public, pg_temp
    AS $$
DECLARE
    change history;
    identity jsonb;
BEGIN
    FOR change IN SELECT h.* FROM history AS h JOIN audit AS a ON a.id = entry AND a.tx = h.tx
        -- A restored database counts its transactions anew.
        WHERE h.at BETWEEN a.at - interval '1 hour' AND a.at + interval '1 hour' ORDER BY h.id LIMIT 50
    LOOP
        SELECT jsonb_object_agg(c.attname, change.before -> c.attname::text) INTO identity FROM pg_index AS i
        JOIN pg_attribute AS c ON c.attrelid = i.indrelid AND c.attnum = ANY (i.indkey)
        WHERE i.indisprimary AND i.indrelid = to_regclass(format('public.%I', change.table_name));
        portal_changes_of.after := NULL;
        IF identity IS NOT NULL AND change.act = 'UPDATE' THEN
            SELECT h.before INTO portal_changes_of.after FROM history AS h
            WHERE h.table_name = change.table_name AND h.id > change.id AND h.before @> identity ORDER BY h.id LIMIT 1;
            IF portal_changes_of.after IS NULL THEN
                EXECUTE format('SELECT to_jsonb(t) FROM public.%I AS t WHERE to_jsonb(t) @> $1', change.table_name) INTO portal_changes_of.after USING identity;
            END IF;
        END IF;
        portal_changes_of.table_name := change.table_name;
        portal_changes_of.act := change.act;
        portal_changes_of.before := change.before;
        RETURN NEXT;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION portal_changes_of(bigint) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_changes_of(bigint) TO quantrac_province;

-- What stands for the entries that were deleted because their time was over: the chain goes on from its hash.
CREATE TABLE audit_checkpoint (
    through_place bigint PRIMARY KEY,
    after_place   bigint NOT NULL CONSTRAINT audit_checkpoint_once UNIQUE CONSTRAINT audit_checkpoint_after CHECK (after_place >= 0),
    hash          text NOT NULL CONSTRAINT audit_checkpoint_hash CHECK (hash ~ '^[0-9a-f]{64}$'),
    entries       bigint NOT NULL CONSTRAINT audit_checkpoint_entries CHECK (entries > 0 AND entries = through_place - after_place),
    first_at      timestamptz NOT NULL,
    last_at       timestamptz NOT NULL CONSTRAINT audit_checkpoint_times CHECK (last_at >= first_at),
    at            timestamptz NOT NULL,
    signature     text NOT NULL CONSTRAINT audit_checkpoint_signature CHECK (signature ~ '^[0-9a-f]{64}$')
);
COMMENT ON COLUMN audit_checkpoint.hash IS 'Of the last link that was deleted.';
COMMENT ON COLUMN audit_checkpoint.signature IS 'HMAC-SHA256 with the backup key, which the database does not hold.';
ALTER TABLE audit_checkpoint ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON audit_checkpoint FROM PUBLIC;
GRANT SELECT ON audit_checkpoint TO quantrac_province;
CREATE POLICY province ON audit_checkpoint FOR SELECT TO quantrac_province USING (true);

-- The only way in which entries of the audit go. It counts for itself, keeps the newest link, and 24 months are its own rule, whatever it is asked.
CREATE FUNCTION portal_expire_audit(after_place bigint, through_place bigint, hash text, first_at timestamptz, last_at timestamptz, at timestamptz, signature text)
    RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
#variable_conflict use_column
DECLARE
    asked record;
    there record;
BEGIN
    PERFORM pg_advisory_xact_lock(2620229003);
    SELECT $1 AS after_place, $2 AS through_place, $3 AS hash, $4 AS first_at, $5 AS last_at INTO asked;
    SELECT coalesce((SELECT max(c.through_place) FROM audit_checkpoint AS c), 0) AS after_place, max(s.place) AS through_place,
        (SELECT l.hash FROM audit_seal AS l WHERE l.place = $2) AS hash, min(a.at) AS first_at, max(a.at) AS last_at, count(a.id) AS entries
    INTO there FROM audit_seal AS s LEFT JOIN audit AS a ON a.id = s.entry_id WHERE s.place <= $2;
    IF (there.after_place, there.through_place, there.hash, there.first_at, there.last_at) IS DISTINCT FROM
            (asked.after_place, asked.through_place, asked.hash, asked.first_at, asked.last_at)
        OR there.entries <> $2 - $1
    THEN
        RAISE EXCEPTION 'audit_differs' USING ERRCODE = 'check_violation';
    END IF;
    IF there.last_at >= clock_timestamp() - interval '24 months' THEN
        RAISE EXCEPTION 'audit_too_young' USING ERRCODE = 'check_violation';
    END IF;
    IF NOT EXISTS (SELECT FROM audit_seal AS s WHERE s.place > $2) THEN
        RAISE EXCEPTION 'audit_newest_link' USING ERRCODE = 'check_violation';
    END IF;
    DELETE FROM audit AS a USING audit_seal AS s WHERE s.entry_id = a.id AND s.place <= $2;
    DELETE FROM audit_seal AS s WHERE s.place <= $2;
    INSERT INTO audit_checkpoint VALUES ($2, $1, $3, there.entries, $4, $5, $6, $7);
    RETURN there.entries;
END
$$;
REVOKE ALL ON FUNCTION portal_expire_audit(bigint, bigint, text, timestamptz, timestamptz, timestamptz, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_expire_audit(bigint, bigint, text, timestamptz, timestamptz, timestamptz, text) TO quantrac_province;
