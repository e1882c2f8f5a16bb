-- What an account is from the day it is granted to the day its person leaves, and the sessions in which it is used.

ALTER TABLE account
    ADD COLUMN email               text NOT NULL DEFAULT '' CONSTRAINT account_email CHECK (email = '' OR email LIKE '%_@_%'),
    ADD COLUMN phone               text NOT NULL DEFAULT '',
    ADD COLUMN heads_unit          boolean NOT NULL DEFAULT false,
    ADD COLUMN valid_until         date,
    ADD COLUMN last_seen_at        timestamptz,
    ADD COLUMN password_changed_at timestamptz,
    ADD COLUMN locked_at           timestamptz,
    ADD COLUMN locked_by           text NOT NULL DEFAULT '',
    ADD COLUMN locked_reason       text NOT NULL DEFAULT '',
    ADD COLUMN left_at             timestamptz,
    ADD CONSTRAINT account_locked_with_reason CHECK ((locked_at IS NULL) = (locked_reason = '') AND (locked_at IS NULL) = (locked_by = ''));
COMMENT ON COLUMN account.heads_unit IS 'Takes over the accounts of its organisation when a person moves or retires (Điều 6.2c).';
COMMENT ON COLUMN account.valid_until IS 'The last day on which it opens; none: until it is locked or its person leaves.';
COMMENT ON COLUMN account.locked_at IS 'Locked by a person or a rule, with reason (Điều 9.3b); too many wrong passwords are lockout_end.';
COMMENT ON COLUMN account.left_at IS 'The person left: the account never opens again, its history stays.';

-- One stay of an account, from the sign-in to its end. The cookie names it; it counts for nothing where the session has ended.
CREATE TABLE account_session (
    id           uuid PRIMARY KEY,
    account_id   int NOT NULL REFERENCES account ON DELETE CASCADE,
    way          text NOT NULL CONSTRAINT account_session_way CHECK (way IN ('password', 'code', 'passkey', 'agency')),
    from_address text NOT NULL DEFAULT '',
    device       text NOT NULL DEFAULT '',
    started_at   timestamptz NOT NULL,
    seen_at      timestamptz NOT NULL,
    ends_at      timestamptz NOT NULL,
    ended_at     timestamptz,
    end_reason   text CONSTRAINT account_session_end CHECK (end_reason IN ('signed_out', 'everywhere', 'idle', 'expired', 'locked', 'rights')),
    CONSTRAINT account_session_ended_with_reason CHECK ((ended_at IS NULL) = (end_reason IS NULL))
);
CREATE INDEX account_session_account ON account_session (account_id, started_at);
CREATE INDEX account_session_open ON account_session (seen_at) WHERE ended_at IS NULL;
ALTER TABLE account_session ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON account_session FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON account_session TO quantrac_system;
CREATE POLICY portal ON account_session TO quantrac_system USING (true) WITH CHECK (true);

-- Whether an account opens today: asked at the door, of every session and of every token.
CREATE FUNCTION portal_account_open(account_id int) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
SELECT EXISTS (
    SELECT FROM account AS a JOIN organisation AS o ON o.code = a.organisation_code
    WHERE a.id = $1 AND a.left_at IS NULL AND a.locked_at IS NULL AND (a.valid_until IS NULL OR a.valid_until >= portal_today())
        AND EXISTS (SELECT FROM organisation_name AS n WHERE n.organisation_id = o.id AND n.valid @> portal_today()))
$$;
REVOKE ALL ON FUNCTION portal_account_open(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_account_open(int) TO quantrac_system;

-- Other rights, or none: whatever was opened with the old ones ends with them, in the same transaction.
CREATE FUNCTION portal_end_sessions() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp
    AS $$
BEGIN
    UPDATE account_session SET ended_at = now(), end_reason = CASE WHEN NEW.locked_at IS NULL AND NEW.left_at IS NULL THEN 'rights' ELSE 'locked' END
    WHERE account_id = NEW.id AND ended_at IS NULL;
    RETURN NULL;
END
$$;
CREATE TRIGGER account_rights_end_sessions AFTER UPDATE ON account FOR EACH ROW
    WHEN (OLD.role <> NEW.role OR OLD.organisation_code <> NEW.organisation_code OR OLD.locked_at IS DISTINCT FROM NEW.locked_at OR OLD.left_at IS DISTINCT FROM NEW.left_at)
    EXECUTE FUNCTION portal_end_sessions();
