-- All standards of the province: media, what older facilities may keep, averaging, coefficients; spellings that mean another parameter in one medium.

ALTER TABLE standard
    ADD media text[] NOT NULL DEFAULT '{}',
    ADD legacy_until date,
    ADD legacy_facilities_before date,
    ADD CONSTRAINT standard_legacy CHECK ((legacy_until IS NULL) = (legacy_facilities_before IS NULL)
        AND (legacy_until IS NULL OR (superseded_by IS NOT NULL AND legacy_until >= upper(valid) AND legacy_facilities_before <= legacy_until)));
COMMENT ON COLUMN standard.media IS 'What it judges, even where its values are not known and it has no column.';
COMMENT ON COLUMN standard.legacy_until IS 'Last day on which facilities from before legacy_facilities_before may keep it instead of superseded_by.';

-- What a standard of an older seed judges is known from its columns.
UPDATE standard AS s SET media = found.media
FROM (SELECT standard, array_agg(DISTINCT medium) AS media FROM standard_column GROUP BY 1) AS found WHERE found.standard = s.code;

ALTER TABLE standard_column
    ADD samplings int CONSTRAINT standard_column_samplings CHECK (samplings > 0);
COMMENT ON COLUMN standard_column.samplings IS 'How many samplings a year an annual mean needs at least; null: the number is not known.';

ALTER TABLE standard_limit
    ADD coefficients text[] NOT NULL DEFAULT '{}',
    ADD CONSTRAINT standard_limit_averaging
        CHECK (averaging IN ('', '30min', '1h', '8h', '24h', 'annual') OR averaging ~ '^[0-2][0-9]-[0-2][0-9]$');
COMMENT ON COLUMN standard_limit.coefficients IS 'Names of the coefficients that multiply it (Cmax = C × Kq × Kf); none: it stands as printed.';

-- The tables from which a facility's coefficients come.
CREATE TABLE standard_coefficient (
    id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    standard    text NOT NULL REFERENCES standard,
    coefficient text NOT NULL,
    case_vi     text NOT NULL,
    case_en     text NOT NULL,
    variable    text NOT NULL DEFAULT '',
    unit        text REFERENCES unit,
    range       numrange NOT NULL,
    value       numeric NOT NULL CONSTRAINT standard_coefficient_value CHECK (value > 0),
    clause      text NOT NULL DEFAULT '',
    confidence  text NOT NULL CONSTRAINT standard_coefficient_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source      text NOT NULL DEFAULT '',
    note        text NOT NULL DEFAULT '',
    origin      text NOT NULL DEFAULT 'seed' CONSTRAINT standard_coefficient_origin CHECK (origin IN ('seed', 'local')),
    CONSTRAINT standard_coefficient_variable CHECK ((variable = '') = (unit IS NULL) AND (variable <> '' OR range = '(,)')),
    CONSTRAINT standard_coefficient_no_overlap EXCLUDE USING gist (standard WITH =, coefficient WITH =, case_vi WITH =, range WITH &&)
);

ALTER TABLE parameter_alias ADD medium text NOT NULL DEFAULT '';
ALTER TABLE parameter_alias DROP CONSTRAINT parameter_alias_pkey, ADD PRIMARY KEY (alias, medium);
COMMENT ON COLUMN parameter_alias.medium IS 'Where the spelling means this parameter; empty: everywhere.';

ALTER TABLE standard_coefficient ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON standard_coefficient FROM PUBLIC;
GRANT SELECT ON standard_coefficient TO quantrac_province, quantrac_scoped, quantrac_guest;
CREATE POLICY everybody ON standard_coefficient FOR SELECT TO quantrac_province, quantrac_scoped, quantrac_guest USING (true);

CREATE TRIGGER standard_coefficient_history_update AFTER UPDATE ON standard_coefficient
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history();
CREATE TRIGGER standard_coefficient_history_delete AFTER DELETE ON standard_coefficient
    REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION portal_keep_history();
