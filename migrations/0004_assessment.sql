-- What follows from the results: a finding for each result and limit, a status for each site and event.

CREATE TABLE finding (
    result_id      bigint NOT NULL,
    period_start   date NOT NULL,
    view           text NOT NULL CONSTRAINT finding_view CHECK (view IN ('today', 'day')),
    ordinal        smallint NOT NULL,
    site_id        int NOT NULL,
    medium         text NOT NULL,
    data_group     text NOT NULL,
    campaign_id    int NOT NULL,
    sample_id      bigint NOT NULL,
    parameter      text NOT NULL,
    governs        boolean NOT NULL,
    limit_id       int,
    permit_limit_id int,
    standard       text,
    lower          numeric,
    upper          numeric,
    verdict        text NOT NULL CONSTRAINT finding_verdict CHECK (verdict IN ('within', 'exceeds', 'cannot judge', 'no limit')),
    reason         text NOT NULL DEFAULT '',
    ratio          numeric,
    engine         text NOT NULL,
    PRIMARY KEY (result_id, period_start, view, ordinal)
) PARTITION BY RANGE (period_start);
CREATE INDEX finding_event ON finding (campaign_id, site_id, medium);
COMMENT ON COLUMN finding.governs IS 'Counts for the status: where the standard changes inside the period, the one in force on its first day.';
COMMENT ON COLUMN finding.lower IS 'Effective limit after coefficients, in the canonical unit of the parameter.';

SELECT portal_create_year('finding', year) FROM generate_series(2015, 2032) AS year;
CREATE TABLE finding_other PARTITION OF finding DEFAULT;
ALTER TABLE finding_other ENABLE ROW LEVEL SECURITY;

-- The maintained latest state: the map, the slider and the lists read it and nothing else.
CREATE TABLE site_status (
    site_id          int NOT NULL REFERENCES site,
    medium           text NOT NULL REFERENCES medium,
    data_group       text NOT NULL REFERENCES data_group,
    campaign_id      int NOT NULL REFERENCES campaign,
    view             text NOT NULL CONSTRAINT site_status_view CHECK (view IN ('today', 'day')),
    period_start     date NOT NULL,
    period_end       date NOT NULL,
    verdict          text NOT NULL CONSTRAINT site_status_verdict CHECK (verdict IN ('within', 'exceeds', 'cannot judge', 'no limit')),
    index_code       text NOT NULL,
    index_value      numeric,
    band             text NOT NULL CONSTRAINT site_status_band CHECK (band IN ('le0.5', 'le1', 'le2', 'le5', 'gt5', 'none')),
    worst_parameter  text,
    worst_ratio      numeric,
    standard         text,
    standard_changes boolean NOT NULL,
    results          int NOT NULL,
    exceeding        int NOT NULL,
    undecided        int NOT NULL,
    reviewed         boolean NOT NULL,
    released         boolean NOT NULL,
    PRIMARY KEY (site_id, medium, data_group, campaign_id, view)
);
CREATE INDEX site_status_latest ON site_status (view, site_id, medium, data_group, period_end DESC, campaign_id DESC);
-- What guests may know of a site at all: their policy asks it for every site.
CREATE INDEX site_status_released ON site_status (site_id) WHERE released AND reviewed AND data_group <> 'd';
CREATE INDEX site_status_campaign ON site_status (campaign_id, view);

-- Raised by every change of what the map shows, in its transaction: an unchanged layer is answered without asking for it.
CREATE TABLE data_version (
    only_row boolean PRIMARY KEY DEFAULT true CONSTRAINT data_version_one_row CHECK (only_row),
    version  bigint NOT NULL
);
INSERT INTO data_version VALUES (true, 1);
