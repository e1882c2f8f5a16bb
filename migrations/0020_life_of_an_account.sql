-- Asking for accounts by letter, their idleness, their yearly review and their end (Điều 6.2b, 6.2c, 9.3b, 10.4). The figures are data.

ALTER TABLE account ADD COLUMN idle_from timestamptz;
COMMENT ON COLUMN account.idle_from IS 'Idleness counts from here at the earliest: unlocked or extended then.';

-- One person, one account (Điều 6.2a).
CREATE UNIQUE INDEX account_email_once ON account (lower(email)) WHERE email <> '' AND left_at IS NULL;

CREATE TABLE account_rule (
    code         text PRIMARY KEY,
    days         int NOT NULL CONSTRAINT account_rule_days CHECK (days > 0),
    name_vi      text NOT NULL,
    name_en      text NOT NULL,
    article      text NOT NULL DEFAULT '',
    confidence   text NOT NULL CONSTRAINT account_rule_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    open_mark_vi text NOT NULL DEFAULT '',
    open_mark_en text NOT NULL DEFAULT '',
    source       text NOT NULL DEFAULT '',
    origin       text NOT NULL DEFAULT 'local' CONSTRAINT account_rule_origin CHECK (origin IN ('seed', 'local'))
);

CREATE TABLE account_request (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind            text NOT NULL CONSTRAINT account_request_kind CHECK (kind IN ('letter', 'guest')),
    organisation_id int NOT NULL REFERENCES organisation,
    asker_organisation_id int NOT NULL REFERENCES organisation,
    letter_number   text NOT NULL DEFAULT '' CONSTRAINT account_request_number CHECK (length(letter_number) <= 100),
    letter_date     date,
    file_sha256     text REFERENCES stored_file,
    file_name       text NOT NULL DEFAULT '',
    body            text NOT NULL DEFAULT '' CONSTRAINT account_request_body CHECK (length(body) <= 200),
    purpose         text NOT NULL DEFAULT '' CONSTRAINT account_request_purpose CHECK (length(purpose) <= 1000),
    state           text NOT NULL DEFAULT 'draft' CONSTRAINT account_request_state CHECK (state IN ('draft', 'sent', 'assembled', 'approved', 'refused', 'granted', 'closed')),
    asked_by        int,
    asked_name      text NOT NULL DEFAULT '',
    assembled_by    int,
    decided_by      int,
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL,
    origin          text NOT NULL DEFAULT 'local' CONSTRAINT account_request_origin CHECK (origin IN ('local', 'demo')),
    CONSTRAINT account_request_file CHECK ((file_sha256 IS NULL) = (file_name = '')),
    CONSTRAINT account_request_letter CHECK (kind = 'guest' OR state IN ('draft', 'closed') OR (letter_number <> '' AND letter_date IS NOT NULL AND file_sha256 IS NOT NULL)),
    -- Who asks or assembles does not approve (Điều 6.2b).
    CONSTRAINT account_request_two_eyes CHECK (decided_by IS NULL OR (decided_by IS DISTINCT FROM asked_by AND decided_by IS DISTINCT FROM assembled_by))
);
CREATE INDEX account_request_organisation ON account_request (organisation_id, id);
CREATE INDEX account_request_state ON account_request (state, changed_at);
COMMENT ON COLUMN account_request.asker_organisation_id IS 'Of whoever asks: a parent company may ask for a subsidiary that it manages.';
COMMENT ON COLUMN account_request.body IS 'Of a guest: the organisation in their own words.';

CREATE TABLE account_request_person (
    id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id int NOT NULL REFERENCES account_request,
    act        text NOT NULL CONSTRAINT account_request_person_act CHECK (act IN ('grant', 'change', 'lock', 'hand_over')),
    account_id int REFERENCES account,
    full_name  text NOT NULL DEFAULT '' CONSTRAINT account_request_person_name CHECK (length(full_name) <= 100),
    user_name  text NOT NULL DEFAULT '' CONSTRAINT account_request_person_login CHECK (length(user_name) <= 40),
    role       text NOT NULL DEFAULT '' CONSTRAINT account_request_person_role CHECK (role IN ('', 'admin', 'manager', 'facility', 'parent', 'guest')),
    email      text NOT NULL DEFAULT '' CONSTRAINT account_request_person_email CHECK (email = '' OR email LIKE '%_@_%'),
    phone      text NOT NULL DEFAULT '' CONSTRAINT account_request_person_phone CHECK (length(phone) <= 20),
    heads_unit boolean NOT NULL DEFAULT false,
    valid_until date,
    reason     text NOT NULL DEFAULT '' CONSTRAINT account_request_person_reason CHECK (length(reason) <= 300),
    CONSTRAINT account_request_person_of_act CHECK (act = 'grant' OR account_id IS NOT NULL),
    CONSTRAINT account_request_person_once UNIQUE (request_id, account_id)
);
CREATE INDEX account_request_person_request ON account_request_person (request_id, id);
CREATE INDEX account_request_person_account ON account_request_person (account_id);
COMMENT ON COLUMN account_request_person.account_id IS 'Whom a change, lock or handover concerns; of a grant the account that was made.';

CREATE TABLE account_request_step (
    id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    request_id   int NOT NULL REFERENCES account_request,
    step         text NOT NULL CONSTRAINT account_request_step_step CHECK (step IN ('drafted', 'sent', 'assembled', 'returned', 'approved', 'refused', 'granted', 'closed')),
    words        text NOT NULL DEFAULT '' CONSTRAINT account_request_step_words CHECK (length(words) <= 1000),
    at           timestamptz NOT NULL,
    account_id   int,
    account_name text NOT NULL DEFAULT ''
);
CREATE INDEX account_request_step_request ON account_request_step (request_id, id);

CREATE TABLE account_review (
    organisation_id int NOT NULL REFERENCES organisation,
    year            int NOT NULL,
    confirmed_at    timestamptz NOT NULL,
    confirmed_by    int,
    confirmed_name  text NOT NULL,
    file_sha256     text NOT NULL REFERENCES stored_file,
    PRIMARY KEY (organisation_id, year)
);
COMMENT ON TABLE account_review IS 'The list of accounts as an organisation confirmed it for a year (Điều 10.4).';

CREATE TABLE account_review_line (
    organisation_id int NOT NULL REFERENCES organisation,
    year            int NOT NULL,
    account_id      int NOT NULL REFERENCES account,
    verdict         text NOT NULL CONSTRAINT account_review_line_verdict CHECK (verdict IN ('keep', 'change', 'lock', 'hand_over')),
    reason          text NOT NULL DEFAULT '' CONSTRAINT account_review_line_reason CHECK (length(reason) <= 300 AND (verdict = 'keep' OR reason <> '')),
    at              timestamptz NOT NULL,
    by_name         text NOT NULL,
    PRIMARY KEY (organisation_id, year, account_id)
);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['account_rule', 'account_request', 'account_request_person', 'account_request_step', 'account_review', 'account_review_line']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
        EXECUTE format('CREATE POLICY portal ON %I TO quantrac_system USING (true) WITH CHECK (true)', t);
    END LOOP;
END
$$;
GRANT SELECT ON account_rule TO quantrac_system;
GRANT SELECT, INSERT, UPDATE ON account_request, account_review_line TO quantrac_system;
-- The lists of a draft are its writer's; what was sent is corrected, not lost: each step is kept.
GRANT SELECT, INSERT, UPDATE, DELETE ON account_request_person TO quantrac_system;
GRANT SELECT, INSERT ON account_request_step, account_review TO quantrac_system;

-- What was open of one account goes on under another: at the desk, in drafts and in the check. Who wrote what stays as it was written.
CREATE FUNCTION portal_hand_over_work(from_id int, to_id int, OUT asked int, OUT taken_on int, OUT drafts int)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    UPDATE desk_item SET account_id = to_id WHERE account_id = from_id AND state <> 'closed';
    GET DIAGNOSTICS asked = ROW_COUNT;
    UPDATE desk_item AS d SET owner_id = to_id, owner_name = a.user_name FROM account AS a
    WHERE d.owner_id = from_id AND d.state <> 'closed' AND a.id = to_id AND a.role = 'admin';
    GET DIAGNOSTICS taken_on = ROW_COUNT;
    UPDATE desk_item SET owner_id = NULL, owner_name = '' WHERE owner_id = from_id AND state <> 'closed';
    UPDATE submission SET account_id = to_id WHERE account_id = from_id AND state IN ('draft', 'returned');
    GET DIAGNOSTICS drafts = ROW_COUNT;
    UPDATE account_request SET asked_by = to_id WHERE asked_by = from_id AND state IN ('draft', 'sent', 'assembled', 'approved') AND decided_by IS DISTINCT FROM to_id;
END
$$;
REVOKE ALL ON FUNCTION portal_hand_over_work(int, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_hand_over_work(int, int) TO quantrac_system;

-- How an account stands today, in one word; left before locked before expired.
CREATE FUNCTION portal_account_state(account_id int, now timestamptz) RETURNS text
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
SELECT CASE WHEN a.left_at IS NOT NULL THEN 'left' WHEN a.locked_at IS NOT NULL THEN 'locked'
    WHEN a.valid_until < ($2 AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 'expired' WHEN a.lockout_end > $2 THEN 'locked_out' ELSE 'open' END
FROM account AS a WHERE a.id = $1
$$;
REVOKE ALL ON FUNCTION portal_account_state(int, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_account_state(int, timestamptz) TO quantrac_system;

-- The organisation of guests: made with the first who asks, where there is none.
CREATE FUNCTION portal_guest_organisation() RETURNS int
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    guests int;
BEGIN
    PERFORM pg_advisory_xact_lock(2620229004);
    SELECT o.id INTO guests FROM organisation AS o JOIN organisation_name AS n ON n.organisation_id = o.id AND n.valid @> portal_today() WHERE o.kind = 'public' ORDER BY o.id LIMIT 1;
    IF guests IS NULL THEN
        INSERT INTO organisation (code, kind, confidence, origin) VALUES ('KHACH', 'public', 'high', 'local') RETURNING id INTO guests;
        INSERT INTO organisation_name (organisation_id, name_vi, name_en, valid, confidence, origin)
        VALUES (guests, 'Khách khai thác dữ liệu công khai', 'Guests who use released data', daterange(NULL, NULL), 'high', 'local');
    END IF;
    RETURN guests;
END
$$;
REVOKE ALL ON FUNCTION portal_guest_organisation() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_guest_organisation() TO quantrac_system;
