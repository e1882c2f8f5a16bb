-- What the law and the field say: units, parameters, media, standards, administrative units.
-- A row has an origin: the loader of the seed never changes a local row.

CREATE FUNCTION portal_today() RETURNS date
    LANGUAGE sql STABLE PARALLEL SAFE
    AS $$ SELECT (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date $$;
COMMENT ON FUNCTION portal_today() IS 'The day in Quảng Ninh. Policies read it, so that the calendar moves without a job; only tests replace it.';

-- The dictionary is named, so the result never depends on the search path: immutable in truth.
CREATE FUNCTION portal_fold(text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT
    AS $$ SELECT lower(public.unaccent('public.unaccent', $1)) $$;
COMMENT ON FUNCTION portal_fold(text) IS 'Lower case without diacritics: "Bãi Cháy" becomes "bai chay".';

CREATE TABLE unit (
    code     text PRIMARY KEY,
    quantity text NOT NULL,
    factor   numeric NOT NULL CONSTRAINT unit_factor_positive CHECK (factor > 0),
    name_vi  text NOT NULL,
    name_en  text NOT NULL,
    origin   text NOT NULL DEFAULT 'seed' CONSTRAINT unit_origin CHECK (origin IN ('seed', 'local'))
);

CREATE TABLE unit_alias (
    alias  text PRIMARY KEY,
    unit   text NOT NULL REFERENCES unit,
    origin text NOT NULL DEFAULT 'seed' CONSTRAINT unit_alias_origin CHECK (origin IN ('seed', 'local'))
);

CREATE TABLE parameter (
    code    text PRIMARY KEY,
    unit    text NOT NULL REFERENCES unit,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    sort    int NOT NULL,
    origin  text NOT NULL DEFAULT 'seed' CONSTRAINT parameter_origin CHECK (origin IN ('seed', 'local'))
);

CREATE TABLE parameter_alias (
    alias     text PRIMARY KEY,
    parameter text NOT NULL REFERENCES parameter,
    reason    text NOT NULL,
    source    text NOT NULL DEFAULT '',
    origin    text NOT NULL DEFAULT 'seed' CONSTRAINT parameter_alias_origin CHECK (origin IN ('seed', 'local'))
);

CREATE TABLE medium (
    code    text PRIMARY KEY,
    name_vi text NOT NULL,
    name_en text NOT NULL,
    sort    int NOT NULL,
    origin  text NOT NULL DEFAULT 'seed' CONSTRAINT medium_origin CHECK (origin IN ('seed', 'local'))
);

-- The five groups of Điều 3.2 of Quyết định 26/2022/QĐ-UBND.
CREATE TABLE data_group (
    code    text PRIMARY KEY CONSTRAINT data_group_code CHECK (code IN ('a', 'b', 'c', 'd', 'e')),
    name_vi text NOT NULL,
    name_en text NOT NULL
);
INSERT INTO data_group VALUES
    ('a', 'Hiện trạng môi trường', 'Environmental status'),
    ('b', 'Tài nguyên nước theo giấy phép', 'Water resources under permit'),
    ('c', 'Kiểm soát ô nhiễm tại cơ sở', 'Pollution control at facilities'),
    ('d', 'Thanh tra, kiểm tra', 'Inspections'),
    ('e', 'Nuôi trồng thủy sản', 'Aquaculture');

CREATE TABLE standard (
    code           text PRIMARY KEY,
    title_vi       text NOT NULL,
    title_en       text NOT NULL,
    issuer         text NOT NULL,
    instrument     text NOT NULL,
    valid          daterange NOT NULL,
    supersedes     text,
    superseded_by  text,
    transition_vi  text,
    transition_en  text,
    source         text NOT NULL,
    transcribed_by text,
    checked_by     text,
    dates_confidence text NOT NULL CONSTRAINT standard_dates_confidence CHECK (dates_confidence IN ('low', 'medium', 'high')),
    open_questions_vi text[] NOT NULL DEFAULT '{}',
    open_questions_en text[] NOT NULL DEFAULT '{}',
    origin         text NOT NULL DEFAULT 'seed' CONSTRAINT standard_origin CHECK (origin IN ('seed', 'local'))
);

-- What a site is assigned to: a zone, a use, a column of the table.
CREATE TABLE standard_column (
    standard   text NOT NULL REFERENCES standard,
    code       text NOT NULL,
    medium     text NOT NULL REFERENCES medium,
    name_vi    text NOT NULL,
    name_en    text NOT NULL,
    confidence text NOT NULL CONSTRAINT standard_column_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    origin     text NOT NULL DEFAULT 'seed' CONSTRAINT standard_column_origin CHECK (origin IN ('seed', 'local')),
    PRIMARY KEY (standard, code)
);

CREATE TABLE standard_limit (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    standard        text NOT NULL,
    column_code     text NOT NULL,
    table_name      text NOT NULL,
    parameter       text NOT NULL REFERENCES parameter,
    fraction        text NOT NULL DEFAULT '',
    averaging       text NOT NULL DEFAULT '',
    valid           daterange NOT NULL,
    unit            text NOT NULL REFERENCES unit,
    kind            text NOT NULL CONSTRAINT standard_limit_kind CHECK (kind IN ('max', 'min', 'range', 'class_text')),
    lower           numeric,
    upper           numeric,
    canonical_lower numeric,
    canonical_upper numeric,
    clause          text NOT NULL DEFAULT '',
    confidence      text NOT NULL CONSTRAINT standard_limit_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source          text NOT NULL DEFAULT '',
    note            text NOT NULL DEFAULT '',
    origin          text NOT NULL DEFAULT 'seed' CONSTRAINT standard_limit_origin CHECK (origin IN ('seed', 'local')),
    FOREIGN KEY (standard, column_code) REFERENCES standard_column,
    CONSTRAINT standard_limit_lower_above_upper CHECK (lower <= upper),
    CONSTRAINT standard_limit_bounds CHECK (
        kind = 'class_text'
        OR (kind = 'max' AND upper IS NOT NULL AND lower IS NULL)
        OR (kind = 'min' AND lower IS NOT NULL AND upper IS NULL)
        OR (kind = 'range' AND lower IS NOT NULL AND upper IS NOT NULL)),
    CONSTRAINT standard_limit_no_overlap EXCLUDE USING gist
        (standard WITH =, column_code WITH =, table_name WITH =, parameter WITH =, fraction WITH =, averaging WITH =, valid WITH &&)
);

-- Districts until 30/06/2025, communes from 01/07/2025; areas once an operator has loaded the official boundaries.
CREATE TABLE administrative_unit (
    code             text PRIMARY KEY,
    kind             text NOT NULL CONSTRAINT administrative_unit_kind CHECK (kind IN ('province', 'district', 'commune')),
    valid            daterange NOT NULL,
    former_districts text[] NOT NULL DEFAULT '{}',
    longitude        double precision,
    latitude         double precision,
    area             geometry(MultiPolygon, 4326),
    confidence       text NOT NULL CONSTRAINT administrative_unit_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source           text NOT NULL DEFAULT '',
    origin           text NOT NULL DEFAULT 'seed' CONSTRAINT administrative_unit_origin CHECK (origin IN ('seed', 'local'))
);
CREATE INDEX administrative_unit_area ON administrative_unit USING gist (area);

CREATE TABLE administrative_unit_name (
    unit    text NOT NULL REFERENCES administrative_unit,
    name_vi text NOT NULL,
    name_en text NOT NULL DEFAULT '',
    valid   daterange NOT NULL,
    origin  text NOT NULL DEFAULT 'local',
    CONSTRAINT administrative_unit_name_no_overlap EXCLUDE USING gist (unit WITH =, valid WITH &&)
);

-- The seed that was loaded last, by the hash of its files: an unchanged seed is not loaded again.
CREATE TABLE reference_load (
    hash      text NOT NULL,
    loaded_at timestamptz NOT NULL DEFAULT now()
);
