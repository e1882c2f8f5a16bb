-- What the decision asks of whom, by when: duties as data, what each organisation owes in a period, what it handed in, and the reminders given.

CREATE TABLE holiday (
    day        date PRIMARY KEY,
    works      boolean NOT NULL,
    name_vi    text NOT NULL,
    name_en    text NOT NULL,
    confidence text NOT NULL CONSTRAINT holiday_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source     text NOT NULL DEFAULT '',
    origin     text NOT NULL DEFAULT 'local' CONSTRAINT holiday_origin CHECK (origin IN ('seed', 'local'))
);
COMMENT ON COLUMN holiday.works IS 'A day of the weekend that is worked instead of another; false: a day off.';

-- Every `every_months` months, counted from January, in month number `month` of the stretch, on `day` or the last day of a shorter month.
CREATE TABLE duty (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code            text NOT NULL CONSTRAINT duty_code_once UNIQUE,
    name_vi         text NOT NULL,
    name_en         text NOT NULL,
    kinds           text[] NOT NULL DEFAULT '{}',
    organisation_id int REFERENCES organisation,
    every_months    int NOT NULL CONSTRAINT duty_every CHECK (every_months IN (1, 2, 3, 4, 6, 12)),
    month           int NOT NULL,
    day             int NOT NULL CONSTRAINT duty_day CHECK (day BETWEEN 1 AND 31),
    year_before     boolean NOT NULL DEFAULT false,
    valid           daterange NOT NULL,
    documents_vi    text NOT NULL,
    documents_en    text NOT NULL,
    notice_vi       text NOT NULL,
    notice_en       text NOT NULL,
    article         text NOT NULL DEFAULT '',
    confidence      text NOT NULL CONSTRAINT duty_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    open_mark_vi    text NOT NULL DEFAULT '',
    open_mark_en    text NOT NULL DEFAULT '',
    source          text NOT NULL DEFAULT '',
    origin          text NOT NULL DEFAULT 'local' CONSTRAINT duty_origin CHECK (origin IN ('seed', 'local', 'demo')),
    CONSTRAINT duty_month CHECK (month BETWEEN 1 AND every_months),
    CONSTRAINT duty_who CHECK ((cardinality(kinds) = 0) = (organisation_id IS NOT NULL)),
    CONSTRAINT duty_year_before CHECK (NOT year_before OR every_months = 12)
);
COMMENT ON COLUMN duty.kinds IS 'Every organisation of these kinds that has a name on the last day on time; empty: organisation_id alone.';
COMMENT ON COLUMN duty.year_before IS 'A report in January on the year that has ended.';
COMMENT ON COLUMN duty.valid IS 'Last days on time that lie in it are owed.';

-- Another frequency than the duty's own, agreed in writing for one organisation (Điều 7.1a).
CREATE TABLE duty_agreement (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    duty_id         int NOT NULL REFERENCES duty,
    organisation_id int NOT NULL REFERENCES organisation,
    every_months    int NOT NULL CONSTRAINT duty_agreement_every CHECK (every_months IN (1, 2, 3, 4, 6, 12)),
    month           int NOT NULL,
    day             int NOT NULL CONSTRAINT duty_agreement_day CHECK (day BETWEEN 1 AND 31),
    document        text NOT NULL CONSTRAINT duty_agreement_in_writing CHECK (document <> ''),
    valid           daterange NOT NULL,
    origin          text NOT NULL DEFAULT 'local' CONSTRAINT duty_agreement_origin CHECK (origin IN ('local', 'demo')),
    CONSTRAINT duty_agreement_month CHECK (month BETWEEN 1 AND every_months),
    CONSTRAINT duty_agreement_no_overlap EXCLUDE USING gist (duty_id WITH =, organisation_id WITH =, valid WITH &&)
);

CREATE TABLE duty_occurrence (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    duty_id         int NOT NULL REFERENCES duty,
    organisation_id int NOT NULL REFERENCES organisation,
    period          text NOT NULL CONSTRAINT duty_occurrence_period CHECK (period ~ '^\d{4}(-(Q[1-4]|H[12]|\d{2}))?$'),
    last_day        date NOT NULL,
    planned_at      timestamptz NOT NULL,
    CONSTRAINT duty_occurrence_once UNIQUE (duty_id, organisation_id, period)
);
CREATE INDEX duty_occurrence_organisation ON duty_occurrence (organisation_id, last_day);
CREATE INDEX duty_occurrence_last_day ON duty_occurrence (last_day);
COMMENT ON COLUMN duty_occurrence.planned_at IS 'Since when the portal watches it: no reminder from before is owed, and a last day from before makes nobody late.';

-- Kept when taken back: who handed in what, when, and why it was not good.
CREATE TABLE duty_fulfilment (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    occurrence_id   int NOT NULL REFERENCES duty_occurrence,
    document_number text NOT NULL CONSTRAINT duty_fulfilment_number CHECK (document_number <> ''),
    document_date   date NOT NULL,
    file_sha256     text NOT NULL REFERENCES stored_file,
    file_name       text NOT NULL,
    note            text NOT NULL DEFAULT '',
    at              timestamptz NOT NULL,
    account_id      int,
    account_name    text NOT NULL,
    undone_at       timestamptz,
    undone_by       text NOT NULL DEFAULT '',
    undo_reason     text NOT NULL DEFAULT '',
    CONSTRAINT duty_fulfilment_undone CHECK ((undone_at IS NULL) = (undo_reason = ''))
);
CREATE UNIQUE INDEX duty_fulfilment_once ON duty_fulfilment (occurrence_id) WHERE undone_at IS NULL;
CREATE INDEX duty_fulfilment_occurrence ON duty_fulfilment (occurrence_id);

CREATE TABLE duty_reminder (
    occurrence_id int NOT NULL REFERENCES duty_occurrence ON DELETE CASCADE,
    step          int NOT NULL CONSTRAINT duty_reminder_step CHECK (step IN (-30, -7, -1, 0, 3, 7, 30)),
    due_at        timestamptz NOT NULL,
    handled_at    timestamptz NOT NULL,
    given         boolean NOT NULL,
    told          int NOT NULL DEFAULT 0,
    PRIMARY KEY (occurrence_id, step)
);
COMMENT ON COLUMN duty_reminder.given IS 'False where a newer one took its place: on the same day, or because the portal was down.';
COMMENT ON COLUMN duty_reminder.told IS 'Accounts that were told; 0 where the organisation has none.';

-- An address that opens the calendar of one account without signing in. Only its hash is kept.
CREATE TABLE calendar_token (
    id         int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id int NOT NULL REFERENCES account ON DELETE CASCADE,
    sha256     text NOT NULL CONSTRAINT calendar_token_once UNIQUE,
    created_at timestamptz NOT NULL,
    used_at    timestamptz,
    revoked_at timestamptz
);
CREATE UNIQUE INDEX calendar_token_one ON calendar_token (account_id) WHERE revoked_at IS NULL;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['holiday', 'duty', 'duty_agreement', 'duty_occurrence', 'duty_fulfilment', 'duty_reminder', 'calendar_token']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['holiday', 'duty', 'duty_agreement', 'duty_occurrence', 'duty_fulfilment', 'duty_reminder']
    LOOP
        EXECUTE format('GRANT SELECT ON %I TO quantrac_province, quantrac_scoped', t);
        EXECUTE format('CREATE POLICY province ON %I TO quantrac_province USING (true) WITH CHECK (true)', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['holiday', 'duty', 'duty_agreement', 'duty_occurrence', 'duty_fulfilment']
    LOOP
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            t || '_history_update', t);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            t || '_history_delete', t);
    END LOOP;
END
$$;
GRANT INSERT, UPDATE ON duty, duty_agreement, duty_fulfilment TO quantrac_province;
GRANT INSERT, UPDATE, DELETE ON duty_occurrence TO quantrac_province;
GRANT INSERT ON duty_reminder TO quantrac_province;
GRANT INSERT ON duty_fulfilment TO quantrac_scoped;

-- Scoped: what oneself and one's descendants owe. What all bodies of a kind owe is written in the decision.
CREATE POLICY everybody ON holiday FOR SELECT TO quantrac_scoped USING (true);
CREATE POLICY in_scope ON duty FOR SELECT TO quantrac_scoped USING (
    organisation_id IS NULL OR organisation_id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today()));
CREATE POLICY in_scope ON duty_agreement FOR SELECT TO quantrac_scoped USING (
    organisation_id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today()));
CREATE POLICY in_scope ON duty_occurrence FOR SELECT TO quantrac_scoped USING (
    organisation_id IN (SELECT sees_id FROM visible_organisation WHERE valid @> portal_today()));
CREATE POLICY in_scope ON duty_fulfilment FOR SELECT TO quantrac_scoped USING (occurrence_id IN (SELECT id FROM duty_occurrence));
CREATE POLICY in_scope ON duty_reminder FOR SELECT TO quantrac_scoped USING (occurrence_id IN (SELECT id FROM duty_occurrence));
-- One fulfils one's own, and a subsidiary's only by a grant with its document.
CREATE POLICY own ON duty_fulfilment FOR INSERT TO quantrac_scoped WITH CHECK (
    account_id = portal_account() AND undone_at IS NULL
    AND occurrence_id IN (SELECT id FROM duty_occurrence
        WHERE organisation_id IN (SELECT sees_id FROM visible_organisation WHERE manage AND valid @> portal_today())));

GRANT SELECT, INSERT, UPDATE ON calendar_token TO quantrac_system;
CREATE POLICY portal ON calendar_token TO quantrac_system USING (true) WITH CHECK (true);
