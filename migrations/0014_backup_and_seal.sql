-- The seal of the audit, and what became of each backup.

-- One link for each entry, in the order of sealing: SHA-256 of the link before and of the entry. Written by portal_seal_audit() alone.
CREATE TABLE audit_seal (
    place         bigint PRIMARY KEY CONSTRAINT audit_seal_place CHECK (place > 0),
    entry_id      bigint NOT NULL CONSTRAINT audit_seal_once UNIQUE,
    hash          text NOT NULL CONSTRAINT audit_seal_hash CHECK (hash ~ '^[0-9a-f]{64}$'),
    sealed_before timestamptz NOT NULL
);
COMMENT ON COLUMN audit_seal.sealed_before IS 'Every entry from before this instant was there to be sealed: an older one without a seal was put in later.';
ALTER TABLE audit_seal ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON audit_seal FROM PUBLIC;
GRANT SELECT ON audit_seal TO quantrac_province;
CREATE POLICY province ON audit_seal FOR SELECT TO quantrac_province USING (true);

-- Numbers of entries are given out before their transactions end, so their order says nothing of what is still to come. Who writes the audit
-- holds a lock on it until the end of the transaction: once those who held it at the horizon are gone, every entry from before it is to be seen.
-- Nobody waits for this function; where it waits too long itself, it says so and the next run seals.
CREATE FUNCTION portal_seal_audit(OUT sealed int, OUT held_up boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    horizon timestamptz;
    writers text[];
    patience timestamptz;
    last audit_seal;
    entry audit;
BEGIN
    sealed := 0;
    held_up := false;
    PERFORM pg_advisory_xact_lock(2620229003);
    horizon := clock_timestamp();
    patience := horizon + interval '10 seconds';
    SELECT array_agg(virtualtransaction) INTO writers FROM pg_locks
    WHERE database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND relation = 'audit'::regclass AND mode = 'RowExclusiveLock' AND pid IS DISTINCT FROM pg_backend_pid();
    WHILE EXISTS (SELECT FROM pg_locks WHERE virtualtransaction = ANY (writers) AND relation = 'audit'::regclass) LOOP
        IF clock_timestamp() > patience THEN
            held_up := true;
            RETURN;
        END IF;
        PERFORM pg_sleep(0.05);
    END LOOP;
    SELECT * INTO last FROM audit_seal ORDER BY place DESC LIMIT 1;
    -- What lies behind the last horizon without a seal is no entry of ours: it stays unsealed and is found.
    FOR entry IN SELECT a.* FROM audit AS a
        WHERE a.at >= coalesce(last.sealed_before, '-infinity') AND a.at < horizon
            AND NOT EXISTS (SELECT FROM audit_seal AS s WHERE s.entry_id = a.id) ORDER BY a.id
    LOOP
        last.place := coalesce(last.place, 0) + 1;
        last.hash := encode(sha256(convert_to(coalesce(last.hash, '') || jsonb_build_array(entry.id, (extract(epoch FROM entry.at) * 1000000)::bigint,
            entry.account_id, entry.account_name, entry.organisation_id, entry.login, entry.act, entry.subject, entry.details)::text, 'UTF8')), 'hex');
        INSERT INTO audit_seal VALUES (last.place, entry.id, last.hash, horizon);
        sealed := sealed + 1;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION portal_seal_audit() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_seal_audit() TO quantrac_province;

-- A run of the backup, from its start to its proof.
CREATE TABLE backup_run (
    id            int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind          text NOT NULL CONSTRAINT backup_run_kind CHECK (kind IN ('daily', 'weekly', 'monthly', 'yearly', 'manual')),
    state         text NOT NULL DEFAULT 'running' CONSTRAINT backup_run_state CHECK (state IN ('running', 'proven', 'unproven', 'failed', 'dropped')),
    started_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at      timestamptz,
    started_by    text NOT NULL,
    folder        text NOT NULL DEFAULT '',
    bytes         bigint,
    dump_seconds  double precision,
    proof_seconds double precision,
    problem       text NOT NULL DEFAULT '',
    facts         text[] NOT NULL DEFAULT '{}',
    evidence      jsonb,
    proven_at     timestamptz,
    CONSTRAINT backup_run_proven CHECK ((state <> 'proven') OR proven_at IS NOT NULL)
);
CREATE INDEX backup_run_newest ON backup_run (started_at DESC, id DESC);
COMMENT ON COLUMN backup_run.problem IS 'A BackupFault, with its facts beside it; empty where all went well.';
ALTER TABLE backup_run ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON backup_run FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE ON backup_run TO quantrac_province;
CREATE POLICY province ON backup_run TO quantrac_province USING (true) WITH CHECK (true);

-- A restore on the page takes two administrators: one asks, another confirms. One at a time.
CREATE TABLE restore_request (
    id             int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    backup         text NOT NULL,
    asked_by       int NOT NULL,
    asked_name     text NOT NULL,
    asked_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    state          text NOT NULL DEFAULT 'asked' CONSTRAINT restore_request_state CHECK (state IN ('asked', 'withdrawn', 'confirmed', 'failed')),
    confirmed_by   int,
    confirmed_name text,
    confirmed_at   timestamptz,
    CONSTRAINT restore_request_two_people CHECK (confirmed_by <> asked_by),
    CONSTRAINT restore_request_confirmed CHECK (state <> 'confirmed' OR confirmed_by IS NOT NULL)
);
CREATE UNIQUE INDEX restore_request_one_open ON restore_request ((true)) WHERE state = 'asked';
ALTER TABLE restore_request ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON restore_request FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE ON restore_request TO quantrac_province;
CREATE POLICY province ON restore_request TO quantrac_province USING (true) WITH CHECK (true);
