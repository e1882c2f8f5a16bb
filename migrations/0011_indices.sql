-- Indices: their scales, classes and constants beside the limits; what a status is filled by; the mean that a finding judged.

ALTER TABLE standard ADD index_kind text CONSTRAINT standard_index_kind CHECK (index_kind IN ('vn-wqi', 'wqi-2011', 'vn-aqi', 'ccme-wqi'));
COMMENT ON COLUMN standard.index_kind IS 'Of an index: which formulas its tables belong to; null for limits.';

-- From one breakpoint to the next the index runs in a straight line; an open end keeps its index.
CREATE TABLE index_step (
    standard       text NOT NULL REFERENCES standard,
    scale          text NOT NULL,
    ordinal        int NOT NULL,
    index_group    text NOT NULL DEFAULT '',
    unit           text NOT NULL REFERENCES unit,
    lower          numeric,
    lower_included boolean NOT NULL,
    upper          numeric,
    upper_included boolean NOT NULL,
    index_lower    numeric NOT NULL,
    index_upper    numeric NOT NULL,
    clause         text NOT NULL DEFAULT '',
    confidence     text NOT NULL CONSTRAINT index_step_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source         text NOT NULL DEFAULT '',
    note           text NOT NULL DEFAULT '',
    origin         text NOT NULL DEFAULT 'seed' CONSTRAINT index_step_origin CHECK (origin IN ('seed', 'local')),
    PRIMARY KEY (standard, scale, ordinal),
    CONSTRAINT index_step_lower_above_upper CHECK (lower < upper),
    CONSTRAINT index_step_open_is_flat CHECK (index_lower = index_upper OR (lower IS NOT NULL AND upper IS NOT NULL))
);

CREATE TABLE index_band (
    code       text PRIMARY KEY,
    standard   text NOT NULL REFERENCES standard,
    lowest     int NOT NULL,
    highest    int NOT NULL,
    name_vi    text NOT NULL,
    name_en    text NOT NULL,
    colour     text NOT NULL CONSTRAINT index_band_colour CHECK (colour ~ '^#[0-9a-f]{6}$'),
    meaning_vi text NOT NULL,
    meaning_en text NOT NULL,
    confidence text NOT NULL CONSTRAINT index_band_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    origin     text NOT NULL DEFAULT 'seed' CONSTRAINT index_band_origin CHECK (origin IN ('seed', 'local')),
    CONSTRAINT index_band_lowest_above_highest CHECK (lowest <= highest),
    CONSTRAINT index_band_no_overlap EXCLUDE USING gist (standard WITH =, int4range(lowest, highest, '[]') WITH &&)
);

CREATE TABLE index_constant (
    standard   text NOT NULL REFERENCES standard,
    code       text NOT NULL,
    value      numeric NOT NULL,
    clause     text NOT NULL DEFAULT '',
    confidence text NOT NULL CONSTRAINT index_constant_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source     text NOT NULL DEFAULT '',
    note       text NOT NULL DEFAULT '',
    origin     text NOT NULL DEFAULT 'seed' CONSTRAINT index_constant_origin CHECK (origin IN ('seed', 'local')),
    PRIMARY KEY (standard, code)
);

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['index_step', 'index_band', 'index_constant']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
        EXECUTE format('GRANT SELECT ON %I TO quantrac_province, quantrac_scoped, quantrac_guest', t);
        EXECUTE format('CREATE POLICY everybody ON %I FOR SELECT TO quantrac_province, quantrac_scoped, quantrac_guest USING (true)', t);
        EXECUTE format('CREATE TRIGGER %I AFTER UPDATE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            t || '_history_update', t);
        EXECUTE format('CREATE TRIGGER %I AFTER DELETE ON %I REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history()',
            t || '_history_delete', t);
    END LOOP;
END
$$;

ALTER TABLE site_status
    DROP CONSTRAINT site_status_band,
    ADD index_reason text NOT NULL DEFAULT '',
    ADD CONSTRAINT site_status_index_code CHECK (index_code IN ('worst-ratio', 'vn-wqi', 'wqi-2011', 'vn-aqi', 'ccme-wqi'));
COMMENT ON COLUMN site_status.band IS 'The class that fills the mark: a code of index_band, or of the worst ratio.';
COMMENT ON COLUMN site_status.index_reason IS 'Why the index of the medium could not be computed, as a code; empty where it was.';

ALTER TABLE finding
    ADD mean_lowest numeric,
    ADD mean_highest numeric,
    ADD samplings int;
COMMENT ON COLUMN finding.mean_lowest IS 'The annual mean that was judged, non-detects counted as zero; mean_highest counts them at their limit of detection.';
