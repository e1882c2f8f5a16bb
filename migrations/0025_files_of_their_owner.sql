-- A file carries the rows of everybody whose samples are in it. It, its name in the store, its hash, its problems, its staged cells and its counts are for whoever handed it
-- in, for those who may manage for them (a grant with its document), and for the province login. Others who see something of a submission see their own results.

CREATE FUNCTION portal_holds(submission_organisation int) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        SELECT session_user = 'quantrac_province' OR (session_user = 'quantrac_scoped' AND EXISTS (
            SELECT FROM visible_organisation AS own WHERE own.organisation_id = portal_organisation() AND own.sees_id = $1 AND own.manage AND own.valid @> portal_today()))
    $$;
-- Null where the file is not theirs: the two columns themselves are granted to nobody but the province.
CREATE FUNCTION portal_submission_paper(submission int, OUT file_sha256 text, OUT summary jsonb)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT s.file_sha256, s.summary FROM submission AS s WHERE s.id = $1 AND portal_holds(s.organisation_id) $$;
CREATE FUNCTION portal_own_files() RETURNS SETOF text
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT s.file_sha256 FROM submission AS s WHERE s.id IN (SELECT portal_own_submissions()) $$;
REVOKE ALL ON FUNCTION portal_holds(int), portal_submission_paper(int), portal_own_files() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_submission_paper(int) TO quantrac_province, quantrac_scoped, quantrac_guest;
GRANT EXECUTE ON FUNCTION portal_own_files() TO quantrac_scoped;

REVOKE SELECT ON submission FROM quantrac_scoped;
GRANT SELECT (id, organisation_id, account_id, account_name, file_name, layout, data_group, basis, state, checking, created_at, submitted_at, decided_at, decided_by,
    decision) ON submission TO quantrac_scoped;
REVOKE SELECT (file_sha256) ON submission FROM quantrac_guest;

DROP POLICY in_scope ON stored_file;
CREATE POLICY own_read ON stored_file FOR SELECT TO quantrac_scoped USING (account_id = portal_account() OR sha256 IN (SELECT portal_own_files()));
-- The policies named "own" remain: portal_own_submissions are those that one may manage.
DROP POLICY in_scope ON submission_problem;
DROP POLICY in_scope ON submission_row;

-- Turns by organisation: a file's turn is one after the last of its organisation that still waits, and not before those that are being served now. So a hundred files of one
-- organisation and one of another are taken in the order 1, 1, 2, 3 …
ALTER TABLE intake_queue ADD COLUMN turn bigint NOT NULL DEFAULT 0;
COMMENT ON COLUMN intake_queue.turn IS 'The least is next, then the oldest. Given by the database.';
CREATE FUNCTION portal_intake_turn() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    SELECT greatest(coalesce(min(q.turn), 1), coalesce(max(q.turn) FILTER (WHERE a.organisation_code = own.organisation_code), 0) + 1) INTO NEW.turn
    FROM intake_queue AS q LEFT JOIN account AS a ON a.id = q.account_id LEFT JOIN account AS own ON own.id = NEW.account_id;
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION portal_intake_turn() FROM PUBLIC;
CREATE TRIGGER intake_queue_turn BEFORE INSERT ON intake_queue FOR EACH ROW EXECUTE FUNCTION portal_intake_turn();
