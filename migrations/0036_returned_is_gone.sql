-- What was returned or withdrawn is in no reading of current results and stays in the history; whoever handed in never accepts; whom it concerns is told in the same
-- transaction.

ALTER TABLE result ADD COLUMN withdrawn timestamptz;
ALTER TABLE sample ADD COLUMN withdrawn timestamptz;
COMMENT ON COLUMN result.withdrawn IS 'When its submission was returned or withdrawn. Set once, by portal_withdraw_results alone.';
COMMENT ON COLUMN sample.withdrawn IS 'When the last of its results was withdrawn: what is handed in instead is a sample of its own, with its own laboratory and report.';

DROP INDEX result_once;
CREATE UNIQUE INDEX result_once ON result
    (site_id, medium, data_group, period_start, period_end, depth, tide, type, replicate, parameter, fraction)
    NULLS NOT DISTINCT WHERE successor IS NULL AND withdrawn IS NULL;
ALTER TABLE sample DROP CONSTRAINT sample_once;
CREATE UNIQUE INDEX sample_once ON sample
    (site_id, medium, data_group, campaign_id, period_start, period_end, depth, tide, type, replicate)
    NULLS NOT DISTINCT WHERE withdrawn IS NULL;

CREATE OR REPLACE FUNCTION portal_result_unchanged() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.successor IS NOT NULL OR OLD.withdrawn IS NOT NULL OR to_jsonb(NEW) - 'successor' - 'withdrawn' <> to_jsonb(OLD) - 'successor' - 'withdrawn' THEN
        RAISE EXCEPTION 'A result is never changed; a correction succeeds it.' USING ERRCODE = 'QT001';
    END IF;
    RETURN NEW;
END
$$;

-- No login may write the two columns: the results leave with the decision on their submission, and with nothing else.
CREATE FUNCTION portal_withdraw_results(of_submission int) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    gone int;
BEGIN
    IF NOT EXISTS (SELECT FROM submission AS s WHERE s.id = of_submission AND s.state IN ('returned', 'withdrawn') AND portal_holds(s.organisation_id)) THEN
        RAISE EXCEPTION 'The submission is not returned or withdrawn, or not theirs.' USING ERRCODE = '42501';
    END IF;
    UPDATE result SET withdrawn = now() WHERE submission_id = of_submission AND successor IS NULL AND withdrawn IS NULL;
    GET DIAGNOSTICS gone = ROW_COUNT;
    UPDATE sample AS s SET withdrawn = now()
    WHERE s.withdrawn IS NULL AND s.id IN (SELECT r.sample_id FROM result AS r WHERE r.submission_id = of_submission)
      AND NOT EXISTS (SELECT FROM result AS r WHERE r.sample_id = s.id AND r.withdrawn IS NULL);
    RETURN gone;
END
$$;
GRANT EXECUTE ON FUNCTION portal_withdraw_results(int) TO quantrac_province, quantrac_scoped;
CREATE POLICY gone ON sample AS RESTRICTIVE FOR SELECT TO quantrac_guest USING (withdrawn IS NULL);

-- What was there already when the file was checked, or contradicted it, may be gone when it is stored: the counts and the problems then say what was stored.
CREATE FUNCTION portal_count_stored(of_submission int) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    more int;
BEGIN
    SELECT (SELECT count(*) FROM result AS r WHERE r.submission_id = s.id) - (s.summary ->> 'New')::int INTO more FROM submission AS s
    WHERE s.id = of_submission AND portal_holds(s.organisation_id);
    IF more IS NULL OR more = 0 THEN
        RETURN;
    END IF;
    UPDATE submission AS s SET summary = s.summary || jsonb_build_object(
        'New', (s.summary ->> 'New')::int + more,
        'Present', greatest((s.summary ->> 'Present')::int - more, 0),
        'Results', (s.summary ->> 'Results')::int + greatest(more - (s.summary ->> 'Present')::int, 0),
        'Refused', (s.summary ->> 'Refused')::int - greatest(more - (s.summary ->> 'Present')::int, 0))
    WHERE s.id = of_submission;
    DELETE FROM submission_problem AS p WHERE p.submission_id = of_submission AND p.code = 'ValueDiffersFromStored' AND EXISTS (
        SELECT FROM result AS r WHERE r.submission_id = of_submission AND (r.sheet, r.row_number, r.column_letter) = (p.sheet, p.row_number, p.column_letter));
END
$$;
GRANT EXECUTE ON FUNCTION portal_count_stored(int) TO quantrac_province, quantrac_scoped;

-- Reviewed is another's word, and stays so: only in the transaction that withdraws results of an event, what remains of it is written as reviewed where each of its results
-- was accepted.
CREATE FUNCTION portal_event_reviewed(site int, of_medium text, of_group text, campaign int) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
        SELECT coalesce(bool_or(r.withdrawn = now()) AND bool_and(s.state = 'accepted' OR r.withdrawn IS NOT NULL), false)
        FROM result AS r JOIN submission AS s ON s.id = r.submission_id
        WHERE r.site_id = $1 AND r.medium = $2 AND r.data_group = $3 AND r.campaign_id = $4 AND r.successor IS NULL
    $$;
GRANT EXECUTE ON FUNCTION portal_event_reviewed(int, text, text, int) TO quantrac_scoped;
CREATE POLICY own_reviewed ON site_status FOR INSERT TO quantrac_scoped WITH CHECK (
    (site_id, campaign_id) IN (SELECT site_id, campaign_id FROM portal_own_events()) AND portal_event_reviewed(site_id, medium, data_group, campaign_id));

-- What was returned before this rule goes too. The events that keep other results are judged anew by the re-assessment, which is due then.
UPDATE result AS r SET withdrawn = coalesce(s.decided_at, now()) FROM submission AS s
WHERE s.id = r.submission_id AND s.state IN ('returned', 'withdrawn') AND r.successor IS NULL;
UPDATE sample AS s SET withdrawn = now() WHERE EXISTS (SELECT FROM result AS r WHERE r.sample_id = s.id AND r.withdrawn IS NOT NULL)
    AND NOT EXISTS (SELECT FROM result AS r WHERE r.sample_id = s.id AND r.withdrawn IS NULL);
DELETE FROM finding AS f USING result AS r WHERE r.id = f.result_id AND r.period_start = f.period_start AND r.withdrawn IS NOT NULL;
DELETE FROM site_status AS st USING (SELECT DISTINCT site_id, medium, data_group, campaign_id FROM result WHERE withdrawn IS NOT NULL) AS gone
WHERE (st.site_id, st.medium, st.data_group, st.campaign_id) = (gone.site_id, gone.medium, gone.data_group, gone.campaign_id)
  AND NOT EXISTS (SELECT FROM result AS r WHERE (r.site_id, r.medium, r.data_group, r.campaign_id) = (gone.site_id, gone.medium, gone.data_group, gone.campaign_id)
      AND r.withdrawn IS NULL AND r.successor IS NULL);
UPDATE assessment_state SET reference_hash = '' WHERE EXISTS (SELECT FROM result WHERE withdrawn IS NOT NULL);

-- Four eyes: who made the draft, who sent it, who decided, by account. A decision stands.
ALTER TABLE submission ADD COLUMN submitted_by int, ADD COLUMN decided_by_id int;
COMMENT ON COLUMN submission.submitted_by IS 'The account that sent it, which need not be the one that handed the file in; given by the database, as is decided_by_id.';
CREATE FUNCTION portal_submission_moves() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp
    AS $$
BEGIN
    IF OLD.state IN ('accepted', 'returned', 'withdrawn') THEN
        RAISE EXCEPTION 'A decision on a submission stands.' USING ERRCODE = 'QT002';
    END IF;
    NEW.submitted_by := CASE WHEN NEW.state = 'submitted' THEN portal_account() ELSE OLD.submitted_by END;
    NEW.decided_by_id := CASE WHEN NEW.state IN ('accepted', 'returned', 'withdrawn') THEN portal_account() END;
    IF NEW.state = 'accepted' AND (NEW.decided_by_id IS NULL OR NEW.decided_by_id IN (OLD.account_id, coalesce(OLD.submitted_by, OLD.account_id))) THEN
        RAISE EXCEPTION 'Whoever handed a submission in does not accept it.' USING ERRCODE = 'QT003';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER submission_moves BEFORE UPDATE ON submission FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION portal_submission_moves();
CREATE INDEX submission_waiting ON submission (id) WHERE state IN ('submitted', 'under_review');
-- Who handed in, for whom, from which file, is not changed by anybody; and nothing begins further on than as a draft.
REVOKE UPDATE ON submission FROM quantrac_province, quantrac_scoped;
GRANT UPDATE (layout, data_group, state, checking, summary, submitted_at, decided_at, decided_by, decision) ON submission TO quantrac_province, quantrac_scoped;
GRANT SELECT (submitted_by, decided_by_id) ON submission TO quantrac_scoped;
CREATE POLICY begins_as_draft ON submission AS RESTRICTIVE FOR INSERT TO quantrac_province, quantrac_scoped WITH CHECK (state = 'draft');

-- Tells one account, and by letter as it has chosen, or in any case; under one key it is heard once. Whether it was told now.
CREATE FUNCTION portal_raise_notice(account int, of_kind text, of_facts text[], of_address text, of_key text, of_at timestamptz, by_letter boolean) RETURNS boolean
    LANGUAGE plpgsql SET search_path = public, pg_temp
    AS $$
DECLARE
    told bigint;
    letter bigint;
BEGIN
    INSERT INTO notice (account_id, kind, facts, address, key, at) VALUES (account, of_kind, of_facts, of_address, of_key, of_at)
    ON CONFLICT ON CONSTRAINT notice_once DO NOTHING RETURNING id INTO told;
    IF told IS NULL THEN
        RETURN false;
    END IF;
    INSERT INTO mail (account_id, next_at, queued_at)
    SELECT a.id, of_at, of_at FROM account AS a LEFT JOIN notice_choice AS c ON c.account_id = a.id
    WHERE a.id = account AND (c.mail = 'each' OR (by_letter AND coalesce(nullif(c.email, ''), a.email) <> '')) RETURNING id INTO letter;
    UPDATE notice SET mail_id = letter WHERE id = told AND letter IS NOT NULL;
    PERFORM pg_notify('quantrac_notice', '');
    RETURN true;
END
$$;
GRANT EXECUTE ON FUNCTION portal_raise_notice(int, text, text[], text, text, timestamptz, boolean) TO quantrac_system;

-- Who reads notices today, and whether they see and review all (the province login).
CREATE FUNCTION portal_notice_readers() RETURNS TABLE (account_id int, role text, language text, organisation_id int, kind text, province boolean)
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
        SELECT a.id, a.role, coalesce(c.language, 'vi'), o.id, o.kind,
            a.role = 'admin' OR (a.role = 'manager' AND o.kind IN ('department', 'sub_department', 'centre', 'committee'))
        FROM account AS a JOIN organisation AS o ON o.code = a.organisation_code LEFT JOIN notice_choice AS c ON c.account_id = a.id
        WHERE a.role <> 'guest' AND portal_account_open(a.id)
    $$;

-- By what became of a submission: waiting, to those who may accept it; accepted or returned, to those who handed it in; and once what of it exceeds a limit, to the bodies in
-- scope and to the facility whose site it is, each counted over what they may see. Nobody is told of what they did themselves.
CREATE FUNCTION portal_tell_of_submission(of_submission int, of_at timestamptz) RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    handed submission%ROWTYPE;
    told int;
    more int;
BEGIN
    SELECT s.* INTO handed FROM submission AS s WHERE s.id = of_submission;
    IF handed.id IS NULL OR NOT portal_holds(handed.organisation_id) THEN
        RAISE EXCEPTION 'The submission is not theirs.' USING ERRCODE = '42501';
    END IF;
    SELECT count(*) FILTER (WHERE portal_raise_notice(reader.account_id, 'Submission.' || handed.state,
        ARRAY[handed.id::text, handed.file_name, portal_name_of(handed.organisation_id, reader.language), handed.decision, coalesce(handed.decided_by, '')],
        '/intake/' || handed.id, concat_ws(':', 'submission', handed.id, handed.state), of_at, false)) INTO told
    FROM (SELECT * FROM portal_notice_readers() AS r WHERE CASE handed.state
        WHEN 'submitted' THEN r.province AND r.account_id NOT IN (handed.account_id, coalesce(handed.submitted_by, handed.account_id))
        WHEN 'accepted' THEN r.organisation_id = handed.organisation_id OR (r.province AND r.account_id IN (handed.account_id, handed.submitted_by))
        WHEN 'returned' THEN r.organisation_id = handed.organisation_id OR (r.province AND r.account_id IN (handed.account_id, handed.submitted_by))
        ELSE false END AND r.account_id IS DISTINCT FROM portal_account() ORDER BY r.account_id) AS reader;
    -- Decided on, it waits for nobody any more; and what was said of results that are gone is said to be so, to those who heard it.
    IF handed.state IN ('accepted', 'returned', 'withdrawn') THEN
        UPDATE notice AS n SET read_at = of_at FROM portal_notice_readers() AS r
        WHERE n.account_id = r.account_id AND n.key = concat_ws(':', 'submission', handed.id, 'submitted') AND n.read_at IS NULL;
    END IF;
    IF handed.state IN ('returned', 'withdrawn') THEN
        UPDATE notice AS n SET kind = 'Submission.exceededGone', read_at = NULL FROM portal_notice_readers() AS r
        WHERE n.account_id = r.account_id AND n.key = concat_ws(':', 'submission', handed.id, 'exceeded');
    END IF;
    PERFORM pg_notify('quantrac_notice', '');
    IF handed.state = 'accepted' OR (handed.state = 'submitted' AND handed.basis = 'statement') THEN
        SELECT count(*) FILTER (WHERE portal_raise_notice(seen.account_id, 'Submission.exceeded',
            ARRAY[portal_name_of(handed.organisation_id, seen.language), seen.results::text, seen.sites::text, seen.worst], seen.address,
            concat_ws(':', 'submission', handed.id, 'exceeded'), of_at, false)) INTO more
        FROM (SELECT * FROM portal_exceeding_seen(handed.id) ORDER BY account_id) AS seen;
    END IF;
    RETURN told + coalesce(more, 0);
END
$$;
GRANT EXECUTE ON FUNCTION portal_tell_of_submission(int, timestamptz) TO quantrac_province, quantrac_scoped;

CREATE FUNCTION portal_name_of(organisation int, language text) RETURNS text
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
        SELECT coalesce((SELECT CASE WHEN $2 = 'en' AND n.name_en <> '' THEN n.name_en ELSE n.name_vi END FROM organisation_name AS n
            WHERE n.organisation_id = $1 ORDER BY n.valid @> portal_today() DESC, lower(n.valid) DESC NULLS LAST LIMIT 1), '')
    $$;

-- The same condition as the policies of findings and campaigns, asked for each reader: what a notice counts is what its reader finds on the map.
CREATE FUNCTION portal_exceeding_seen(of_submission int) RETURNS TABLE (account_id int, language text, results int, sites int, worst text, address text)
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
        -- From the events that exceed at all to their findings, one step into the index each. Of what a transaction has just stored the planner knows nothing: "+ 0" keeps it from an
        -- index that it takes for one of few rows, and that reads the whole submission for each finding. Only what stands has a status and findings.
        WITH event AS MATERIALIZED (
            SELECT DISTINCT r.site_id, r.medium, r.data_group, r.campaign_id FROM result AS r
            WHERE r.submission_id = $1
        ), hot AS MATERIALIZED (
            SELECT e.*, st.period_start, st.period_end FROM event AS e CROSS JOIN LATERAL (
                SELECT s.period_start, s.period_end FROM site_status AS s
                WHERE s.site_id = e.site_id AND s.medium = e.medium AND s.data_group = e.data_group AND s.campaign_id + 0 = e.campaign_id
                  AND s.view = 'today' AND s.rests_on = 'all' AND s.exceeding > 0 LIMIT 1) AS st
        ), exceeding AS MATERIALIZED (
            SELECT e.site_id, e.data_group, e.campaign_id, count(DISTINCT f.result_id)::int AS results, max(f.ratio) AS ratio
            FROM hot AS e
            CROSS JOIN LATERAL (
                SELECT found.result_id, found.period_start, found.ratio FROM finding AS found
                WHERE found.campaign_id = e.campaign_id AND found.site_id = e.site_id AND found.medium = e.medium AND found.data_group = e.data_group
                  AND found.period_start BETWEEN e.period_start AND e.period_end
                  AND found.view = 'today' AND found.rests_on = 'all' AND found.governs AND found.verdict = 'exceeds' OFFSET 0) AS f
            CROSS JOIN LATERAL (
                SELECT FROM result AS r WHERE r.id = f.result_id AND r.period_start = f.period_start AND r.submission_id + 0 = $1 LIMIT 1) AS own
            GROUP BY 1, 2, 3
        )
        SELECT reader.account_id, reader.language, sum(e.results)::int, count(DISTINCT e.site_id)::int,
            (array_agg(s.code ORDER BY e.ratio DESC NULLS LAST, s.code))[1],
            -- Codes that an address takes as they are; others lead to the map itself.
            coalesce((array_agg('/?site=' || s.code || CASE WHEN c.code ~ '^[A-Za-z0-9._-]+$' THEN '&campaign=' || c.code ELSE '' END
                ORDER BY e.ratio DESC NULLS LAST, s.code) FILTER (WHERE s.code ~ '^[A-Za-z0-9._-]+$'))[1], '/?view=today')
        FROM exceeding AS e
        JOIN site AS s ON s.id = e.site_id
        JOIN campaign AS c ON c.id = e.campaign_id
        JOIN portal_notice_readers() AS reader ON CASE
            WHEN reader.province THEN reader.role = 'manager'
            ELSE reader.role IN ('manager', 'facility')
                AND EXISTS (SELECT FROM visible AS v WHERE v.organisation_id = reader.organisation_id AND v.site_id = e.site_id AND v.data_group = e.data_group AND v.valid @> portal_today())
                AND EXISTS (SELECT FROM visible_programme AS v WHERE v.organisation_id = reader.organisation_id AND v.programme_id = c.programme_id AND v.valid @> portal_today())
                AND (c.inspection_id IS NULL OR reader.kind NOT IN ('facility', 'parent', 'public') OR c.concluded_on <= portal_today())
                AND (reader.role <> 'facility' OR s.owner_id = reader.organisation_id
                    OR s.facility_id IN (SELECT f.id FROM facility AS f WHERE f.organisation_id = reader.organisation_id)) END
        GROUP BY reader.account_id, reader.language
    $$;
