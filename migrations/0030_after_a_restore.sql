-- What was written after the backup that a restore went back to, and what became of each of it.

CREATE TABLE restore_leftover (
    id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kept         text NOT NULL,
    kind         text NOT NULL CONSTRAINT restore_leftover_kind CHECK (kind IN ('submission', 'decision', 'duty', 'desk', 'release', 'organisations', 'account', 'rights', 'act')),
    key          text NOT NULL,
    at           timestamptz NOT NULL,
    who          text NOT NULL DEFAULT '',
    organisation text NOT NULL DEFAULT '',
    facts        text[] NOT NULL,
    state        text NOT NULL DEFAULT 'open' CONSTRAINT restore_leftover_state CHECK (state IN ('open', 'carried', 'taken', 'settled')),
    outcome      text NOT NULL DEFAULT '',
    settled_at   timestamptz,
    settled_by   text NOT NULL DEFAULT '',
    CONSTRAINT restore_leftover_once UNIQUE (kept, kind, key),
    CONSTRAINT restore_leftover_settled CHECK ((state IN ('taken', 'settled')) = (settled_at IS NOT NULL))
);
COMMENT ON COLUMN restore_leftover.kept IS 'The database that was there before; it is looked into with the backup login.';
COMMENT ON COLUMN restore_leftover.state IS 'carried: put into the restored data before anybody came in (locks, passwords, withdrawn releases); taken: made again through its own use-case; settled: closed by a person with a word.';
COMMENT ON COLUMN restore_leftover.outcome IS 'What it became, or why it was not taken over.';
ALTER TABLE restore_leftover ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON restore_leftover FROM PUBLIC;
GRANT SELECT, UPDATE ON restore_leftover TO quantrac_province;
CREATE POLICY province ON restore_leftover TO quantrac_province USING (true) WITH CHECK (true);

-- Handed in a second time, for its owner, after a restore: under which number and when it was handed in first.
ALTER TABLE submission
    ADD COLUMN first_number int,
    ADD COLUMN first_at     timestamptz,
    ADD COLUMN first_key    text CONSTRAINT submission_first_once UNIQUE,
    ADD CONSTRAINT submission_first CHECK ((first_number IS NULL) = (first_at IS NULL) AND (first_number IS NULL) = (first_key IS NULL));
GRANT SELECT (first_number, first_at, first_key) ON submission TO quantrac_scoped;
