-- What is handed in, and what it says.

-- Content-addressed: written and synced under the data directory before the row that names it, never changed.
CREATE TABLE stored_file (
    sha256     text PRIMARY KEY CONSTRAINT stored_file_sha256 CHECK (sha256 ~ '^[0-9a-f]{64}$'),
    bytes      bigint NOT NULL CONSTRAINT stored_file_bytes CHECK (bytes >= 0),
    name       text NOT NULL,
    stored_at  timestamptz NOT NULL DEFAULT now(),
    account_id int
);

CREATE TABLE submission (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    organisation_id int NOT NULL REFERENCES organisation,
    account_id      int NOT NULL,
    account_name    text NOT NULL,
    file_sha256     text NOT NULL REFERENCES stored_file,
    file_name       text NOT NULL,
    layout          text NOT NULL,
    data_group      text NOT NULL DEFAULT '' CONSTRAINT submission_data_group CHECK (data_group IN ('', 'a', 'b', 'c', 'd', 'e')),
    basis           text NOT NULL CONSTRAINT submission_basis CHECK (basis IN ('handover', 'statement', 'paper')),
    state           text NOT NULL DEFAULT 'draft' CONSTRAINT submission_state
                    CHECK (state IN ('draft', 'submitted', 'under_review', 'accepted', 'returned', 'withdrawn')),
    checking        text NOT NULL DEFAULT 'queued' CONSTRAINT submission_checking CHECK (checking IN ('queued', 'running', 'done', 'failed')),
    summary         jsonb,
    created_at      timestamptz NOT NULL DEFAULT now(),
    submitted_at    timestamptz,
    decided_at      timestamptz,
    decided_by      text,
    decision        text NOT NULL DEFAULT ''
);
CREATE INDEX submission_organisation ON submission (organisation_id, created_at DESC, id DESC);
CREATE INDEX submission_file ON submission (file_sha256);

-- The queue of files to check: the worker keeps its row locked while it works, so a killed worker's row is free again.
CREATE TABLE intake_queue (
    submission_id int PRIMARY KEY,
    account_id    int NOT NULL,
    queued_at     timestamptz NOT NULL DEFAULT now(),
    attempts      int NOT NULL DEFAULT 0
);

CREATE TABLE submission_problem (
    submission_id int NOT NULL REFERENCES submission ON DELETE CASCADE,
    ordinal       int NOT NULL,
    severity      text NOT NULL CONSTRAINT submission_problem_severity CHECK (severity IN ('blocker', 'error', 'warning', 'information')),
    code          text NOT NULL,
    sheet         text NOT NULL DEFAULT '',
    row_number    int NOT NULL DEFAULT 0,
    column_letter text NOT NULL DEFAULT '',
    column_header text NOT NULL DEFAULT '',
    value         text NOT NULL DEFAULT '',
    facts         jsonb NOT NULL DEFAULT '{}',
    reason        text NOT NULL DEFAULT '',
    PRIMARY KEY (submission_id, ordinal)
);
COMMENT ON COLUMN submission_problem.reason IS 'Why a warning is taken all the same; given by the person who hands in.';

-- Checked cells that wait for acceptance; gone once they are results. Their codes come out of the reference books, and what they become is
-- bound by keys: keys here too would cost more than the rows.
CREATE TABLE submission_row (
    submission_id   int NOT NULL REFERENCES submission ON DELETE CASCADE,
    ordinal         int NOT NULL,
    site_id         int NOT NULL,
    programme_id    int NOT NULL,
    campaign_code   text NOT NULL DEFAULT '',
    medium          text NOT NULL,
    data_group      text NOT NULL,
    period_start    date NOT NULL,
    period_end      date NOT NULL,
    precision       text NOT NULL,
    depth           numeric,
    tide            text NOT NULL DEFAULT '',
    type            text NOT NULL DEFAULT '',
    replicate       smallint NOT NULL DEFAULT 1,
    laboratory      text NOT NULL DEFAULT '',
    report_number   text NOT NULL DEFAULT '',
    parameter       text NOT NULL,
    fraction        text NOT NULL DEFAULT '',
    reported        text NOT NULL,
    censoring       text NOT NULL,
    value           numeric NOT NULL,
    unit            text NOT NULL,
    canonical_value numeric NOT NULL,
    sheet           text NOT NULL,
    row_number      int NOT NULL,
    column_letter   text NOT NULL,
    outcome         text NOT NULL DEFAULT 'new' CONSTRAINT submission_row_outcome CHECK (outcome IN ('new', 'present', 'conflict')),
    PRIMARY KEY (submission_id, ordinal)
);

CREATE TABLE sample (
    id            bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id       int NOT NULL REFERENCES site,
    medium        text NOT NULL REFERENCES medium,
    data_group    text NOT NULL REFERENCES data_group,
    campaign_id   int NOT NULL REFERENCES campaign,
    period_start  date NOT NULL,
    period_end    date NOT NULL,
    precision     text NOT NULL CONSTRAINT sample_precision CHECK (precision IN ('instant', 'day', 'month', 'quarter', 'year')),
    depth         numeric,
    tide          text NOT NULL DEFAULT '',
    type          text NOT NULL DEFAULT '',
    replicate     smallint NOT NULL DEFAULT 1,
    laboratory_id int REFERENCES laboratory,
    report_number text NOT NULL DEFAULT '',
    refines       bigint REFERENCES sample,
    submission_id int NOT NULL REFERENCES submission,
    CONSTRAINT sample_period CHECK (period_start <= period_end),
    CONSTRAINT sample_once UNIQUE NULLS NOT DISTINCT
        (site_id, medium, data_group, campaign_id, period_start, period_end, depth, tide, type, replicate)
);
CREATE INDEX sample_campaign ON sample (campaign_id, site_id);
CREATE INDEX sample_submission ON sample (submission_id);

-- Never changed but for successor, set once, just before its correction is inserted in the same transaction.
CREATE TABLE result (
    id              bigint GENERATED BY DEFAULT AS IDENTITY,
    sample_id       bigint NOT NULL REFERENCES sample,
    site_id         int NOT NULL,
    medium          text NOT NULL,
    data_group      text NOT NULL,
    campaign_id     int NOT NULL,
    submission_id   int NOT NULL,
    period_start    date NOT NULL,
    period_end      date NOT NULL,
    depth           numeric,
    tide            text NOT NULL,
    type            text NOT NULL,
    replicate       smallint NOT NULL,
    parameter       text NOT NULL REFERENCES parameter,
    fraction        text NOT NULL,
    reported        text NOT NULL,
    censoring       text NOT NULL CONSTRAINT result_censoring CHECK (censoring IN ('', '<', '>')),
    value           numeric NOT NULL,
    unit            text NOT NULL,
    canonical_value numeric NOT NULL,
    sheet           text NOT NULL,
    row_number      int NOT NULL,
    column_letter   text NOT NULL,
    successor       bigint,
    PRIMARY KEY (id, period_start)
) PARTITION BY RANGE (period_start);

CREATE UNIQUE INDEX result_once ON result
    (site_id, medium, data_group, period_start, period_end, depth, tide, type, replicate, parameter, fraction)
    NULLS NOT DISTINCT WHERE successor IS NULL;
CREATE INDEX result_sample ON result (sample_id);
CREATE INDEX result_series ON result (site_id, parameter, period_start);
CREATE INDEX result_submission ON result (submission_id);
COMMENT ON COLUMN result.reported IS 'As the cell reads, for ever.';
COMMENT ON COLUMN result.canonical_value IS 'In the unit of the parameter book; the bound where censored.';

CREATE FUNCTION portal_create_year(table_name text, year int) RETURNS void
    LANGUAGE plpgsql
    AS $$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)',
        table_name || '_' || year, table_name, make_date(year, 1, 1), make_date(year + 1, 1, 1));
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name || '_' || year);
END
$$;
REVOKE ALL ON FUNCTION portal_create_year(text, int) FROM PUBLIC;

SELECT portal_create_year('result', year) FROM generate_series(2015, 2032) AS year;
CREATE TABLE result_other PARTITION OF result DEFAULT;
ALTER TABLE result_other ENABLE ROW LEVEL SECURITY;

-- The rule above, kept by the database.
CREATE FUNCTION portal_result_unchanged() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF OLD.successor IS NOT NULL OR to_jsonb(NEW) - 'successor' <> to_jsonb(OLD) - 'successor' THEN
        RAISE EXCEPTION 'A result is never changed; a correction succeeds it.' USING ERRCODE = 'QT001';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER result_unchanged BEFORE UPDATE ON result FOR EACH ROW EXECUTE FUNCTION portal_result_unchanged();
