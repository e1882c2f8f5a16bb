-- Two persons are two persons: one rule for every act that takes a second word. And the document behind each way in that somebody was given (Điều 4.3).

ALTER TABLE account ADD COLUMN renewed_at timestamptz;
COMMENT ON COLUMN account.renewed_at IS 'When it last was granted, reset, raised or opened again by somebody else: from then on it has no say for the days of the rule fresh-account.';

-- Whether an account is one of those whose word two-person acts hang on: an administrator's, or the Department's own.
CREATE FUNCTION portal_has_say(role text, organisation_code text) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$ SELECT $1 = 'admin' OR ($1 = 'manager' AND EXISTS (SELECT FROM organisation AS o WHERE o.code = $2 AND o.kind = 'department')) $$;
REVOKE ALL ON FUNCTION portal_has_say(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_has_say(text, text) TO quantrac_system;

-- What somebody else did with an account is written down by the database, whichever statement did it. The system login cannot take it back.
CREATE FUNCTION portal_renew_account() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.must_change_password THEN
            NEW.renewed_at := clock_timestamp();
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.password_hash IS DISTINCT FROM OLD.password_hash AND NEW.must_change_password AND NEW.password_changed_at IS NULL)
        OR (OLD.two_factor_enabled AND NOT NEW.two_factor_enabled)
        OR NEW.role <> OLD.role OR NEW.organisation_code <> OLD.organisation_code
        OR (OLD.locked_at IS NOT NULL AND NEW.locked_at IS NULL)
        OR (OLD.valid_until < portal_today() AND (NEW.valid_until IS NULL OR NEW.valid_until >= portal_today()))
    THEN
        NEW.renewed_at := clock_timestamp();
    ELSIF session_user = 'quantrac_system' THEN
        NEW.renewed_at := greatest(NEW.renewed_at, OLD.renewed_at);
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION portal_renew_account() FROM PUBLIC;
CREATE TRIGGER account_renewed BEFORE INSERT OR UPDATE ON account FOR EACH ROW EXECUTE FUNCTION portal_renew_account();

-- Another way in by somebody else's hand.
CREATE FUNCTION portal_renew_by_login() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp
    AS $$
BEGIN
    UPDATE account SET renewed_at = clock_timestamp() WHERE id = NEW.user_id;
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION portal_renew_by_login() FROM PUBLIC;
CREATE TRIGGER account_login_renews AFTER INSERT ON account_login FOR EACH ROW EXECUTE FUNCTION portal_renew_by_login();

-- Why an account has no word in a two-person act: closed (locked, left, over, or no longer of that office) or fresh; null where it has. Held until the end of the
-- transaction, so that who is locked, reset or demoted at this very moment is waited for and seen. Where the rule is not loaded nobody fresh ever has a word.
CREATE FUNCTION portal_why_no_word(account_id int, office text) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    PERFORM FROM account AS a WHERE a.id = $1 FOR SHARE;
    RETURN coalesce((
        SELECT CASE WHEN portal_account_state(a.id, clock_timestamp()) NOT IN ('open', 'locked_out') OR NOT portal_has_say(a.role, a.organisation_code) OR (a.role = 'admin') <> ($2 = 'admin') THEN 'closed'
            WHEN a.renewed_at IS NOT NULL
                AND coalesce(a.renewed_at + make_interval(days => (SELECT r.days FROM account_rule AS r WHERE r.code = 'fresh-account')) > clock_timestamp(), true) THEN 'fresh'
            ELSE '' END
        FROM account AS a WHERE a.id = $1), 'closed');
END
$$;
REVOKE ALL ON FUNCTION portal_why_no_word(int, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_why_no_word(int, text) TO quantrac_system, quantrac_province;

-- The rule of every two-person act: why the second may not stand beside the first; empty where the second may. The first is an administrator, the second of the office.
-- What a request for accounts waits for outlasts its first: an administrator who assembled it and has left since is no reason to begin anew.
CREATE FUNCTION portal_second_person(first int, second int, office text, outlasts boolean DEFAULT false) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    of_first text;
BEGIN
    IF first IS NULL OR second IS NULL OR first = second THEN
        RETURN 'own';
    END IF;
    of_first := portal_why_no_word(first, 'admin');
    RETURN CASE WHEN of_first = '' OR (of_first = 'closed' AND outlasts) THEN portal_why_no_word(second, office) ELSE 'first_' || of_first END;
END
$$;
REVOKE ALL ON FUNCTION portal_second_person(int, int, text, boolean) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_second_person(int, int, text, boolean) TO quantrac_system, quantrac_province;

-- What one administrator asked and another one has to confirm.
CREATE TABLE second_word (
    id             int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind           text NOT NULL CONSTRAINT second_word_kind CHECK (kind IN
                       ('password-reset', 'second-step-reset', 'unlock', 'lockout-clear', 'extend', 'agency-bind', 'reassess', 'audit-months')),
    account_id     int REFERENCES account,
    subject        text NOT NULL,
    facts          jsonb NOT NULL DEFAULT '{}',
    reason         text NOT NULL CONSTRAINT second_word_reason CHECK (length(reason) BETWEEN 1 AND 300),
    asked_by       int NOT NULL,
    asked_name     text NOT NULL,
    asked_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    lapses_at      timestamptz NOT NULL,
    state          text NOT NULL DEFAULT 'asked' CONSTRAINT second_word_state CHECK (state IN ('asked', 'withdrawn', 'lapsed', 'confirmed', 'failed')),
    confirmed_by   int,
    confirmed_name text,
    confirmed_at   timestamptz,
    CONSTRAINT second_word_two_persons CHECK (confirmed_by <> asked_by),
    -- Nobody gives a word on the account with which it is given.
    CONSTRAINT second_word_of_another CHECK (account_id <> asked_by AND account_id <> confirmed_by),
    CONSTRAINT second_word_confirmed CHECK ((state IN ('confirmed', 'failed')) = (confirmed_by IS NOT NULL) AND (confirmed_by IS NULL) = (confirmed_at IS NULL))
);
COMMENT ON COLUMN second_word.facts IS 'What the act needs beside the account: the last day, the identity, the months.';
CREATE UNIQUE INDEX second_word_one_open ON second_word (kind, coalesce(account_id, 0)) WHERE state = 'asked';

CREATE FUNCTION portal_check_second_word() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    why text;
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.lapses_at := NEW.asked_at + make_interval(days => (SELECT days FROM account_rule WHERE code = 'second-word'));
        RETURN NEW;
    END IF;
    IF OLD.state <> 'asked' AND (OLD.state, NEW.state) <> ('confirmed', 'failed') THEN
        RAISE EXCEPTION 'second_word_over' USING ERRCODE = 'check_violation', CONSTRAINT = 'second_word_over';
    END IF;
    IF OLD.state = 'asked' AND NEW.state NOT IN ('asked', 'withdrawn', 'lapsed') THEN
        why := CASE WHEN OLD.lapses_at <= clock_timestamp() THEN 'lapsed' ELSE portal_second_person(OLD.asked_by, NEW.confirmed_by, 'admin') END;
        IF why <> '' THEN
            RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = 'second_word_rule';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION portal_check_second_word() FROM PUBLIC;
CREATE TRIGGER second_word_checked BEFORE INSERT OR UPDATE ON second_word FOR EACH ROW EXECUTE FUNCTION portal_check_second_word();

-- The flows that have tables of their own stand under the same rule.
CREATE FUNCTION portal_check_restore() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    why text;
BEGIN
    why := CASE WHEN portal_word_lapsed(OLD.asked_at) THEN 'lapsed' ELSE portal_second_person(OLD.asked_by, NEW.confirmed_by, 'admin') END;
    IF why <> '' THEN
        RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = 'second_word_rule';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION portal_check_restore() FROM PUBLIC;
CREATE TRIGGER restore_request_checked BEFORE UPDATE ON restore_request FOR EACH ROW
    WHEN (OLD.confirmed_by IS DISTINCT FROM NEW.confirmed_by OR (OLD.state <> 'confirmed' AND NEW.state = 'confirmed')) EXECUTE FUNCTION portal_check_restore();

-- Whether what was asked then is too old to be confirmed.
CREATE FUNCTION portal_word_lapsed(asked_at timestamptz) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT coalesce($1 + make_interval(days => (SELECT days FROM account_rule WHERE code = 'second-word')) <= clock_timestamp(), true) $$;
REVOKE ALL ON FUNCTION portal_word_lapsed(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_word_lapsed(timestamptz) TO quantrac_system, quantrac_province;

-- The Department's yes: beside whoever assembled. And of accounts that have a say whoever carries out, and is shown the password, neither asked nor assembled.
ALTER TABLE account_request ADD COLUMN granted_by int;
CREATE FUNCTION portal_gives_say(request int, organisation int) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
SELECT EXISTS (SELECT FROM account_request_person AS p JOIN organisation AS o ON o.id = $2 WHERE p.request_id = $1 AND p.act IN ('grant', 'change') AND portal_has_say(p.role, o.code))
$$;
REVOKE ALL ON FUNCTION portal_gives_say(int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_gives_say(int, int) TO quantrac_system;
CREATE FUNCTION portal_check_account_request() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    why text := '';
BEGIN
    IF NEW.state IN ('approved', 'refused') AND NEW.state <> OLD.state THEN
        why := portal_second_person(NEW.assembled_by, NEW.decided_by, 'department', true);
    ELSIF NEW.state = 'granted' AND OLD.state <> 'granted' AND portal_gives_say(NEW.id, NEW.organisation_id) THEN
        why := CASE WHEN NEW.granted_by IN (NEW.asked_by, NEW.decided_by) THEN 'own' ELSE portal_second_person(NEW.assembled_by, NEW.granted_by, 'admin', true) END;
    END IF;
    IF why <> '' THEN
        RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = 'second_word_rule';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION portal_check_account_request() FROM PUBLIC;
CREATE TRIGGER account_request_checked BEFORE UPDATE OF state ON account_request FOR EACH ROW EXECUTE FUNCTION portal_check_account_request();

-- For how long the audit is kept at least: as the last two persons agreed, else three years.
CREATE FUNCTION portal_audit_months() RETURNS int
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT coalesce((SELECT (facts ->> 'months')::int FROM second_word WHERE kind = 'audit-months' AND state = 'confirmed' ORDER BY confirmed_at DESC, id DESC LIMIT 1), 36) $$;
REVOKE ALL ON FUNCTION portal_audit_months() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_audit_months() TO quantrac_system, quantrac_province;
CREATE FUNCTION portal_check_audit_expiry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    IF NEW.last_at >= clock_timestamp() - make_interval(months => portal_audit_months()) THEN
        RAISE EXCEPTION 'audit_not_agreed' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION portal_check_audit_expiry() FROM PUBLIC;
CREATE TRIGGER audit_checkpoint_agreed BEFORE INSERT ON audit_checkpoint FOR EACH ROW
    WHEN (NEW.last_at < clock_timestamp() - interval '24 months') EXECUTE FUNCTION portal_check_audit_expiry();

-- The register of what allows maintenance, upgrades, connections and tokens: by which document, on which days, who was let in.
CREATE TABLE authority (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind            text NOT NULL CONSTRAINT authority_kind CHECK (kind IN ('maintenance', 'upgrade', 'connection', 'token')),
    connection      text NOT NULL DEFAULT '',
    document_number text NOT NULL DEFAULT '' CONSTRAINT authority_number CHECK (length(document_number) <= 100),
    document_date   date,
    issuer          text NOT NULL DEFAULT '' CONSTRAINT authority_issuer CHECK (length(issuer) <= 200),
    file_sha256     text REFERENCES stored_file,
    file_name       text NOT NULL DEFAULT '',
    from_day        date NOT NULL,
    to_day          date,
    person          text NOT NULL DEFAULT '' CONSTRAINT authority_person CHECK (length(person) <= 200),
    body            text NOT NULL DEFAULT '' CONSTRAINT authority_body CHECK (length(body) <= 200),
    purpose         text NOT NULL CONSTRAINT authority_purpose CHECK (length(purpose) BETWEEN 1 AND 300),
    recorded_by     text NOT NULL,
    recorded_at     timestamptz NOT NULL,
    ended_at        timestamptz,
    ended_by        text NOT NULL DEFAULT '',
    ended_reason    text NOT NULL DEFAULT '',
    origin          text NOT NULL DEFAULT 'local' CONSTRAINT authority_origin CHECK (origin IN ('local', 'demo', 'before')),
    CONSTRAINT authority_days CHECK (to_day >= from_day),
    CONSTRAINT authority_ended_with_reason CHECK ((ended_at IS NULL) = (ended_reason = '') AND (ended_at IS NULL) = (ended_by = '')),
    CONSTRAINT authority_connection CHECK (connection = '' OR kind = 'connection'),
    CONSTRAINT authority_file CHECK ((file_sha256 IS NULL) = (file_name = '')),
    -- Only what an upgrade wrote of itself waits for its document, and what was there before the register for its scan.
    CONSTRAINT authority_document CHECK (
        (document_number <> '' AND document_date IS NOT NULL AND (file_sha256 IS NOT NULL OR origin = 'before')) OR (kind = 'upgrade' AND document_number = '' AND file_sha256 IS NULL))
);
COMMENT ON COLUMN authority.connection IS 'Which of the connections of the installation; of the kind connection only.';
COMMENT ON COLUMN authority.to_day IS 'The last day on which it holds; none: until it is ended.';

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['second_word', 'authority']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
        EXECUTE format('CREATE POLICY portal ON %I TO quantrac_system USING (true) WITH CHECK (true)', t);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE (state, confirmed_by, confirmed_name, confirmed_at) ON second_word TO quantrac_system;
GRANT SELECT, INSERT, UPDATE (document_number, document_date, issuer, file_sha256, file_name, ended_at, ended_by, ended_reason) ON authority TO quantrac_system;

-- Whether it allows something today.
CREATE FUNCTION portal_authority_holds(authority_id int) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
SELECT EXISTS (SELECT FROM authority AS a WHERE a.id = $1 AND a.document_number <> '' AND a.ended_at IS NULL AND a.from_day <= portal_today() AND (a.to_day IS NULL OR a.to_day >= portal_today()))
$$;
REVOKE ALL ON FUNCTION portal_authority_holds(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_authority_holds(int) TO quantrac_system;

-- A token names the document that allows it and opens nothing without it. Those that were granted before the register bring what they knew of theirs.
ALTER TABLE api_token ADD COLUMN authority_id int REFERENCES authority;
DO $$
DECLARE
    token record;
BEGIN
    FOR token IN SELECT * FROM api_token ORDER BY id LOOP
        WITH made AS (
            INSERT INTO authority (kind, document_number, document_date, from_day, to_day, purpose, recorded_by, recorded_at, origin)
            VALUES ('token', token.document_number, token.document_date, (token.granted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date,
                greatest(token.expires_on, (token.granted_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date), token.name, token.granted_by, token.granted_at, 'before') RETURNING id)
        UPDATE api_token SET authority_id = made.id FROM made WHERE api_token.id = token.id;
    END LOOP;
END
$$;
ALTER TABLE api_token ALTER COLUMN authority_id SET NOT NULL, DROP COLUMN document_number, DROP COLUMN document_date;
CREATE INDEX api_token_authority ON api_token (authority_id);
