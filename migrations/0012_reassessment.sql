-- By which engine and reference data the findings were made: where either is newer, they are made anew, with the difference shown before.

CREATE TABLE assessment_state (
    only_row       boolean PRIMARY KEY DEFAULT true CONSTRAINT assessment_state_one_row CHECK (only_row),
    engine         text NOT NULL,
    reference_hash text NOT NULL,
    assessed_at    timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE assessment_state ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON assessment_state FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE ON assessment_state TO quantrac_province;
CREATE POLICY province ON assessment_state TO quantrac_province USING (true) WITH CHECK (true);

-- What was loaded last is no secret.
GRANT SELECT ON reference_load TO quantrac_province;
CREATE POLICY province ON reference_load FOR SELECT TO quantrac_province USING (true);

-- QCVN 08:2023 gives classes on annual means.
ALTER TABLE finding ADD class text;
COMMENT ON COLUMN finding.class IS 'The column of the class that the mean falls in; indicative only where the verdict is "cannot judge".';
