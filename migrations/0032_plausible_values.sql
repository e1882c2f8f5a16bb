-- What intake asks about: values beyond what is plausible, and words that a file uses in its own way. Neither is a limit of a standard: they refuse or
-- judge nothing, but make somebody look again.

CREATE TABLE plausible_range (
    parameter  text NOT NULL REFERENCES parameter,
    medium     text NOT NULL DEFAULT '',
    lower      numeric,
    upper      numeric,
    confidence text NOT NULL CONSTRAINT plausible_range_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source     text NOT NULL,
    origin     text NOT NULL DEFAULT 'local' CONSTRAINT plausible_range_origin CHECK (origin IN ('seed', 'local')),
    PRIMARY KEY (parameter, medium),
    CONSTRAINT plausible_range_ends CHECK (lower <= upper),
    CONSTRAINT plausible_range_end CHECK (lower IS NOT NULL OR upper IS NOT NULL)
);
COMMENT ON COLUMN plausible_range.medium IS 'Empty: every medium without a row of its own.';
COMMENT ON COLUMN plausible_range.lower IS 'In the canonical unit of the parameter, still plausible; so is upper.';

CREATE TABLE intake_word (
    kind     text NOT NULL CONSTRAINT intake_word_kind CHECK (kind IN ('tide', 'qualifier', 'non-detect')),
    spelling text NOT NULL,
    meaning  text NOT NULL DEFAULT '',
    source   text NOT NULL,
    origin   text NOT NULL DEFAULT 'local' CONSTRAINT intake_word_origin CHECK (origin IN ('seed', 'local')),
    PRIMARY KEY (kind, spelling),
    CONSTRAINT intake_word_tide CHECK ((kind = 'tide') = (meaning IN ('CT', 'ĐT', 'TL', 'TR')))
);
COMMENT ON COLUMN intake_word.meaning IS 'Of a tide: CT low, ĐT high, TL rising, TR falling. Of the header of a column of limits of detection: limit; of one of signs, and of words for not detected: empty.';

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['plausible_range', 'intake_word']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
        EXECUTE format('GRANT SELECT ON %I TO quantrac_province, quantrac_scoped', t);
        EXECUTE format('CREATE POLICY intake ON %I FOR SELECT TO quantrac_province, quantrac_scoped USING (true)', t);
    END LOOP;
END
$$;
