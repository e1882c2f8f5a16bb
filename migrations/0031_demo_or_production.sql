-- Whether this is a demo or holds the province's own data. The password of the demo accounts is published, so that they open in a demo alone; the
-- answer stands in the database, so that every node, every way in and every later start reads the same one.

CREATE TABLE installation (
    one        boolean PRIMARY KEY DEFAULT true CONSTRAINT installation_one CHECK (one),
    mode       text NOT NULL CONSTRAINT installation_mode CHECK (mode IN ('undecided', 'demo', 'production')),
    decided_at timestamptz,
    CONSTRAINT installation_decided CHECK ((mode = 'undecided') = (decided_at IS NULL))
);
COMMENT ON COLUMN installation.mode IS 'undecided until the first start; from production there is no way back.';
ALTER TABLE installation ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON installation FROM PUBLIC;
GRANT SELECT ON installation TO quantrac_system;
CREATE POLICY portal ON installation TO quantrac_system USING (true);

-- What somebody real has done here: no demo data are put beside it. Whoever hands in or signs has an account; the rest is asked for all the same.
CREATE FUNCTION portal_real_rows() RETURNS TABLE (kind text, rows bigint)
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
SELECT * FROM (
    SELECT 'accounts', count(*) FROM account WHERE NOT demo
    UNION ALL
    SELECT 'submissions', count(*) FROM submission AS s WHERE NOT EXISTS (SELECT FROM account AS a WHERE a.id = s.account_id AND a.demo)
    UNION ALL
    SELECT 'documents', count(*) FROM organisation_change AS c WHERE NOT EXISTS (SELECT FROM account AS a WHERE a.id = c.account_id AND a.demo)
) AS found (kind, rows) WHERE rows > 0
$$;
REVOKE ALL ON FUNCTION portal_real_rows() FROM PUBLIC;

-- Of an installation from before: where there are both kinds of accounts, a person says what it is.
INSERT INTO installation (mode, decided_at)
SELECT mode, CASE WHEN mode <> 'undecided' THEN now() END FROM (
    SELECT CASE WHEN real AND NOT made_up THEN 'production' WHEN made_up AND NOT real THEN 'demo' ELSE 'undecided' END AS mode
    FROM (SELECT EXISTS (SELECT FROM portal_real_rows()) AS real, EXISTS (SELECT FROM account WHERE demo) AS made_up) AS here) AS decided;

CREATE FUNCTION portal_guard_installation() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp
    AS $$
BEGIN
    IF NEW.mode <> OLD.mode AND (OLD.mode = 'production' OR NEW.mode = 'undecided') THEN
        RAISE EXCEPTION 'An installation in production stays in production.' USING ERRCODE = 'check_violation', CONSTRAINT = 'installation_no_way_back';
    END IF;
    IF NEW.mode = 'demo' AND OLD.mode <> 'demo' AND EXISTS (SELECT FROM portal_real_rows()) THEN
        RAISE EXCEPTION 'Somebody works here: no demo beside real accounts.' USING ERRCODE = 'check_violation', CONSTRAINT = 'installation_no_demo_beside_real';
    END IF;
    IF NEW.mode = 'production' AND OLD.mode <> 'production' THEN
        UPDATE account_session SET ended_at = now(), end_reason = 'locked'
        WHERE ended_at IS NULL AND account_id IN (SELECT id FROM account WHERE demo);
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION portal_guard_installation() FROM PUBLIC;
CREATE TRIGGER installation_guard BEFORE UPDATE ON installation FOR EACH ROW EXECUTE FUNCTION portal_guard_installation();

-- A demo account is made in a demo alone, and no account becomes one, or stops being one, afterwards.
CREATE FUNCTION portal_guard_demo_account() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        RAISE EXCEPTION 'Whether an account is made up does not change.' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_demo_stays';
    END IF;
    IF NOT EXISTS (SELECT FROM installation WHERE mode = 'demo') THEN
        RAISE EXCEPTION 'Demo accounts are made in a demo installation alone.' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_demo_in_demo';
    END IF;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION portal_guard_demo_account() FROM PUBLIC;
CREATE TRIGGER account_demo_in_demo BEFORE INSERT ON account FOR EACH ROW WHEN (NEW.demo) EXECUTE FUNCTION portal_guard_demo_account();
CREATE TRIGGER account_demo_stays BEFORE UPDATE ON account FOR EACH ROW WHEN (OLD.demo <> NEW.demo) EXECUTE FUNCTION portal_guard_demo_account();

-- The one question at every way in: password, passkey, agency, token, calendar, and of every open session.
CREATE OR REPLACE FUNCTION portal_account_open(account_id int) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
SELECT EXISTS (
    SELECT FROM account AS a JOIN organisation AS o ON o.code = a.organisation_code
    WHERE a.id = $1 AND a.left_at IS NULL AND a.locked_at IS NULL AND (a.valid_until IS NULL OR a.valid_until >= portal_today())
        AND (NOT a.demo OR EXISTS (SELECT FROM installation AS i WHERE i.mode = 'demo'))
        AND EXISTS (SELECT FROM organisation_name AS n WHERE n.organisation_id = o.id AND n.valid @> portal_today()))
$$;

-- The same in the lists, so that a closed demo administrator is not taken for the one who could still let others in.
CREATE OR REPLACE FUNCTION portal_account_state(account_id int, now timestamptz) RETURNS text
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
SELECT CASE WHEN a.left_at IS NOT NULL THEN 'left' WHEN a.locked_at IS NOT NULL THEN 'locked'
    WHEN a.demo AND NOT EXISTS (SELECT FROM installation AS i WHERE i.mode = 'demo') THEN 'locked'
    WHEN a.valid_until < ($2 AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 'expired'
    WHEN EXISTS (SELECT FROM sign_in_trial AS t WHERE t.subject = 'account:' || a.id AND t.shut_until > $2) THEN 'locked_out' ELSE 'open' END
FROM account AS a WHERE a.id = $1
$$;
