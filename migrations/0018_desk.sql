-- The desk: support, incidents of software or data, feedback (Điều 9.3d, 9.3e, 12). The deadlines are data.

CREATE TABLE desk_deadline (
    code          text PRIMARY KEY,
    kind          text NOT NULL CONSTRAINT desk_deadline_kind CHECK (kind IN ('support', 'incident', 'feedback')),
    severity      text NOT NULL DEFAULT '' CONSTRAINT desk_deadline_severity CHECK (severity IN ('', 'normal', 'serious')),
    personal_data boolean NOT NULL DEFAULT false,
    what          text NOT NULL CONSTRAINT desk_deadline_what CHECK (what IN ('answer', 'report')),
    amount        int CONSTRAINT desk_deadline_amount CHECK (amount > 0),
    unit          text NOT NULL DEFAULT '' CONSTRAINT desk_deadline_unit CHECK (unit IN ('', 'hours', 'working_days')),
    step_vi       text NOT NULL,
    step_en       text NOT NULL,
    article       text NOT NULL DEFAULT '',
    confidence    text NOT NULL CONSTRAINT desk_deadline_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    open_mark_vi  text NOT NULL DEFAULT '',
    open_mark_en  text NOT NULL DEFAULT '',
    source        text NOT NULL DEFAULT '',
    origin        text NOT NULL DEFAULT 'local' CONSTRAINT desk_deadline_origin CHECK (origin IN ('seed', 'local')),
    CONSTRAINT desk_deadline_of_what CHECK ((amount IS NULL) = (unit = '')),
    CONSTRAINT desk_deadline_reports CHECK (what = 'answer' OR kind = 'incident')
);
COMMENT ON COLUMN desk_deadline.severity IS 'Of incidents; empty: of either.';
COMMENT ON COLUMN desk_deadline.personal_data IS 'Only where personal data are affected.';
COMMENT ON COLUMN desk_deadline.what IS 'An answer to whoever asked, counted from when it is the Centre''s turn; a report to others, counted from when the incident was written down.';
COMMENT ON COLUMN desk_deadline.amount IS 'Null: to be done, but no text says by when.';

CREATE TABLE desk_item (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind            text NOT NULL CONSTRAINT desk_item_kind CHECK (kind IN ('support', 'incident', 'feedback')),
    year            int NOT NULL,
    serial          int NOT NULL,
    number          text NOT NULL,
    title           text NOT NULL CONSTRAINT desk_item_title CHECK (title <> '' AND length(title) <= 150),
    words           text NOT NULL CONSTRAINT desk_item_words CHECK (words <> '' AND length(words) <= 5000),
    expected        text NOT NULL DEFAULT '' CONSTRAINT desk_item_expected CHECK (length(expected) <= 5000),
    severity        text NOT NULL DEFAULT '' CONSTRAINT desk_item_severity CHECK (severity IN ('', 'normal', 'serious')),
    data_affected   text NOT NULL DEFAULT '' CONSTRAINT desk_item_data CHECK (length(data_affected) <= 1000),
    personal_data   boolean NOT NULL DEFAULT false,
    reference       text NOT NULL DEFAULT '' CONSTRAINT desk_item_reference CHECK (length(reference) <= 60),
    organisation_id int NOT NULL REFERENCES organisation,
    account_id      int,
    account_name    text NOT NULL,
    at              timestamptz NOT NULL,
    owner_id        int,
    owner_name      text NOT NULL DEFAULT '',
    state           text NOT NULL DEFAULT 'new' CONSTRAINT desk_item_state CHECK (state IN ('new', 'working', 'waiting', 'answered', 'closed')),
    since           timestamptz NOT NULL,
    due_at          timestamptz,
    answered_at     timestamptz,
    closed_at       timestamptz,
    changed_at      timestamptz NOT NULL,
    origin          text NOT NULL DEFAULT 'local' CONSTRAINT desk_item_origin CHECK (origin IN ('local', 'demo')),
    CONSTRAINT desk_item_number_once UNIQUE (number),
    CONSTRAINT desk_item_serial_once UNIQUE (kind, year, serial),
    CONSTRAINT desk_item_of_incidents CHECK ((kind = 'incident') = (severity <> '') AND (kind = 'incident' OR NOT personal_data)),
    CONSTRAINT desk_item_closed CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT desk_item_owner CHECK ((owner_id IS NULL) = (owner_name = ''))
);
CREATE INDEX desk_item_organisation ON desk_item (organisation_id, id);
CREATE INDEX desk_item_account ON desk_item (account_id, at);
CREATE INDEX desk_item_due ON desk_item (due_at) WHERE due_at IS NOT NULL;
COMMENT ON COLUMN desk_item.since IS 'Since when it is the Centre''s turn: asked, answered back or opened again.';
COMMENT ON COLUMN desk_item.due_at IS 'The next deadline that is open; null where none is.';

-- Who asks does not see the numbers of others, so the database counts. One at a time for each kind: no number twice, none left out.
CREATE FUNCTION portal_number_desk_item() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(2620229100 + ascii(NEW.kind));
    NEW.year := date_part('year', NEW.at AT TIME ZONE 'Asia/Ho_Chi_Minh');
    NEW.serial := 1 + coalesce((SELECT max(serial) FROM desk_item WHERE kind = NEW.kind AND year = NEW.year), 0);
    NEW.number := CASE NEW.kind WHEN 'support' THEN 'HT' WHEN 'incident' THEN 'SC' ELSE 'GY' END || '-' || NEW.year || '-' || lpad(NEW.serial::text, greatest(4, length(NEW.serial::text)), '0');
    RETURN NEW;
END
$$;
REVOKE ALL ON FUNCTION portal_number_desk_item() FROM PUBLIC;
CREATE TRIGGER desk_item_number BEFORE INSERT ON desk_item FOR EACH ROW EXECUTE FUNCTION portal_number_desk_item();

CREATE TABLE desk_note (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    item_id      int NOT NULL REFERENCES desk_item,
    words        text NOT NULL DEFAULT '' CONSTRAINT desk_note_words CHECK (length(words) <= 5000),
    state        text NOT NULL DEFAULT '' CONSTRAINT desk_note_state CHECK (state IN ('', 'new', 'working', 'waiting', 'answered', 'closed')),
    step         text NOT NULL DEFAULT '',
    owner_name   text NOT NULL DEFAULT '',
    office       boolean NOT NULL,
    file_sha256  text REFERENCES stored_file,
    file_name    text NOT NULL DEFAULT '',
    at           timestamptz NOT NULL,
    account_id   int,
    account_name text NOT NULL,
    CONSTRAINT desk_note_says CHECK (words <> '' OR state <> '' OR step <> '' OR owner_name <> '' OR file_sha256 IS NOT NULL),
    CONSTRAINT desk_note_file CHECK ((file_sha256 IS NULL) = (file_name = ''))
);
CREATE INDEX desk_note_item ON desk_note (item_id, id);
CREATE UNIQUE INDEX desk_note_step_once ON desk_note (item_id, step) WHERE step <> '';
COMMENT ON COLUMN desk_note.state IS 'What the item came to by it; empty where it stayed.';
COMMENT ON COLUMN desk_note.step IS 'The report that was made: a code of desk_deadline.';
COMMENT ON COLUMN desk_note.office IS 'By the Centre; false: by whoever asked.';

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['desk_deadline', 'desk_item', 'desk_note']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
        EXECUTE format('GRANT SELECT ON %I TO quantrac_province, quantrac_scoped, quantrac_guest', t);
        EXECUTE format('CREATE POLICY province ON %I FOR SELECT TO quantrac_province USING (true)', t);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            t || '_history_update', t);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            t || '_history_delete', t);
    END LOOP;
END
$$;
CREATE POLICY everybody ON desk_deadline FOR SELECT TO quantrac_scoped, quantrac_guest USING (true);
-- Deadlines are counted in working days for guests too.
GRANT SELECT ON holiday TO quantrac_guest;
CREATE POLICY guests ON holiday FOR SELECT TO quantrac_guest USING (true);

GRANT INSERT ON desk_item, desk_note TO quantrac_province, quantrac_scoped, quantrac_guest;
-- The words of whoever asked are nobody's to change.
GRANT UPDATE (owner_id, owner_name, state, since, due_at, answered_at, closed_at, changed_at) ON desk_item TO quantrac_province;
GRANT UPDATE (state, since, due_at, closed_at, changed_at) ON desk_item TO quantrac_scoped, quantrac_guest;
CREATE POLICY by_oneself ON desk_item FOR INSERT TO quantrac_province WITH CHECK (account_id IS NOT DISTINCT FROM portal_account());
CREATE POLICY office ON desk_item FOR UPDATE TO quantrac_province USING (true) WITH CHECK (true);
CREATE POLICY by_oneself ON desk_note FOR INSERT TO quantrac_province WITH CHECK (account_id IS NOT DISTINCT FROM portal_account());

-- What one's own organisation asked, no descendant's; guests only what they asked themselves.
CREATE POLICY in_scope ON desk_item FOR SELECT TO quantrac_scoped USING (organisation_id = portal_organisation());
CREATE POLICY own_only ON desk_item FOR SELECT TO quantrac_guest USING (account_id = portal_account());
CREATE POLICY own ON desk_item FOR INSERT TO quantrac_scoped, quantrac_guest WITH CHECK (
    account_id = portal_account() AND organisation_id = portal_organisation() AND state = 'new' AND owner_id IS NULL AND answered_at IS NULL AND origin = 'local');
-- Answered and waiting are the Centre's to say.
CREATE POLICY own_change ON desk_item FOR UPDATE TO quantrac_scoped, quantrac_guest USING (account_id = portal_account())
    WITH CHECK (account_id = portal_account() AND state IN ('new', 'working', 'closed'));
CREATE POLICY in_scope ON desk_note FOR SELECT TO quantrac_scoped, quantrac_guest USING (item_id IN (SELECT id FROM desk_item));
CREATE POLICY own ON desk_note FOR INSERT TO quantrac_scoped, quantrac_guest WITH CHECK (
    account_id = portal_account() AND NOT office AND step = '' AND owner_name = '' AND state IN ('', 'new', 'working', 'closed')
    AND item_id IN (SELECT id FROM desk_item WHERE account_id = portal_account()));

-- A guest may send a file with a question; nothing of the store is shown to guests by it.
GRANT INSERT ON stored_file TO quantrac_guest;
CREATE POLICY guests ON stored_file FOR INSERT TO quantrac_guest WITH CHECK (account_id = portal_account());
