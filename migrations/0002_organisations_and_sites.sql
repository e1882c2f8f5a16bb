-- Who watches, and what is watched. Names, parents, territories and positions carry dates: a record keeps what held on its day.

CREATE TABLE organisation (
    id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code         text NOT NULL CONSTRAINT organisation_code_once UNIQUE,
    kind         text NOT NULL CONSTRAINT organisation_kind CHECK (kind IN ('committee', 'department', 'sub_department', 'centre', 'body',
                     'board', 'police', 'armed_forces', 'district', 'commune', 'facility', 'parent', 'public')),
    confidence   text NOT NULL CONSTRAINT organisation_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    open_mark_vi text NOT NULL DEFAULT '',
    open_mark_en text NOT NULL DEFAULT '',
    origin       text NOT NULL DEFAULT 'seed' CONSTRAINT organisation_origin CHECK (origin IN ('seed', 'local', 'demo'))
);

CREATE TABLE organisation_name (
    organisation_id int NOT NULL REFERENCES organisation,
    name_vi         text NOT NULL,
    name_en         text NOT NULL DEFAULT '',
    valid           daterange NOT NULL,
    confidence      text NOT NULL CONSTRAINT organisation_name_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source          text NOT NULL DEFAULT '',
    origin text NOT NULL DEFAULT 'local',
    CONSTRAINT organisation_name_no_overlap EXCLUDE USING gist (organisation_id WITH =, valid WITH &&)
);

-- The child gives its parent sight of its data; "manage" only by a grant with its document (Điều 6.2b).
CREATE TABLE organisation_parent (
    organisation_id int NOT NULL REFERENCES organisation,
    parent_id       int NOT NULL REFERENCES organisation,
    manage          boolean NOT NULL DEFAULT false,
    document        text NOT NULL DEFAULT '',
    valid           daterange NOT NULL,
    CONSTRAINT organisation_parent_not_itself CHECK (organisation_id <> parent_id),
    CONSTRAINT organisation_parent_manage_by_document CHECK (NOT manage OR document <> ''),
    origin text NOT NULL DEFAULT 'local',
    CONSTRAINT organisation_parent_no_overlap EXCLUDE USING gist (organisation_id WITH =, valid WITH &&)
);

CREATE TABLE organisation_territory (
    organisation_id int NOT NULL REFERENCES organisation,
    unit            text NOT NULL REFERENCES administrative_unit,
    valid           daterange NOT NULL,
    origin text NOT NULL DEFAULT 'local',
    CONSTRAINT organisation_territory_no_overlap EXCLUDE USING gist (organisation_id WITH =, unit WITH =, valid WITH &&)
);

CREATE TABLE organisation_group (
    organisation_id int NOT NULL REFERENCES organisation,
    data_group      text NOT NULL REFERENCES data_group,
    valid           daterange NOT NULL,
    origin text NOT NULL DEFAULT 'local',
    CONSTRAINT organisation_group_no_overlap EXCLUDE USING gist (organisation_id WITH =, data_group WITH =, valid WITH &&)
);

CREATE TABLE facility (
    id                    int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code                  text NOT NULL CONSTRAINT facility_code_once UNIQUE,
    organisation_id       int REFERENCES organisation,
    kind                  text NOT NULL,
    name_vi               text NOT NULL,
    name_en               text NOT NULL DEFAULT '',
    commune               text REFERENCES administrative_unit,
    longitude             double precision,
    latitude              double precision,
    point                 geometry(Point, 4326) GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)) STORED,
    position_precision_vi text NOT NULL DEFAULT '',
    position_precision_en text NOT NULL DEFAULT '',
    confidence            text NOT NULL CONSTRAINT facility_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source                text NOT NULL DEFAULT '',
    origin                text NOT NULL DEFAULT 'seed' CONSTRAINT facility_origin CHECK (origin IN ('seed', 'local', 'demo'))
);

CREATE TABLE permit (
    id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number      text NOT NULL CONSTRAINT permit_number_once UNIQUE,
    kind        text NOT NULL CONSTRAINT permit_kind CHECK (kind IN ('surface_water', 'groundwater', 'discharge', 'environmental_permit', 'eia')),
    facility_id int NOT NULL REFERENCES facility,
    issuer      text NOT NULL,
    issued_on   date NOT NULL,
    valid       daterange NOT NULL,
    note        text NOT NULL DEFAULT '',
    origin      text NOT NULL DEFAULT 'local' CONSTRAINT permit_origin CHECK (origin IN ('local', 'demo'))
);

CREATE TABLE inspection (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    number          text NOT NULL CONSTRAINT inspection_number_once UNIQUE,
    kind            text NOT NULL CONSTRAINT inspection_kind CHECK (kind IN ('planned', 'sudden')),
    organisation_id int NOT NULL REFERENCES organisation,
    decided_on      date NOT NULL,
    concluded_on    date,
    note            text NOT NULL DEFAULT '',
    origin          text NOT NULL DEFAULT 'local' CONSTRAINT inspection_origin CHECK (origin IN ('local', 'demo'))
);

-- Site: the one word for what the map shows, a station or a discharge point.
CREATE TABLE site (
    id               int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code             text NOT NULL CONSTRAINT site_code_once UNIQUE,
    kind             text NOT NULL CONSTRAINT site_kind CHECK (kind IN ('station', 'discharge')),
    name_vi          text NOT NULL,
    name_en          text NOT NULL DEFAULT '',
    owner_id         int NOT NULL REFERENCES organisation,
    owner_confidence text NOT NULL DEFAULT 'high' CONSTRAINT site_owner_confidence CHECK (owner_confidence IN ('low', 'medium', 'high')),
    facility_id      int REFERENCES facility,
    commune          text REFERENCES administrative_unit,
    district         text REFERENCES administrative_unit,
    search           text GENERATED ALWAYS AS (portal_fold(code || ' ' || name_vi || ' ' || name_en)) STORED,
    origin           text NOT NULL DEFAULT 'seed' CONSTRAINT site_origin CHECK (origin IN ('seed', 'local', 'demo'))
);
CREATE INDEX site_owner ON site (owner_id);
CREATE INDEX site_facility ON site (facility_id);
CREATE INDEX site_search ON site USING gin (search gin_trgm_ops);

-- What was published stands beside what is used. X is north and Y is east on Vietnamese papers (VN-2000 / TM-3 107°45').
CREATE TABLE site_position (
    site_id     int NOT NULL REFERENCES site,
    valid       daterange NOT NULL,
    longitude   double precision NOT NULL CONSTRAINT site_position_longitude CHECK (longitude BETWEEN -180 AND 180),
    latitude    double precision NOT NULL CONSTRAINT site_position_latitude CHECK (latitude BETWEEN -90 AND 90),
    point       geometry(Point, 4326) NOT NULL GENERATED ALWAYS AS (ST_SetSRID(ST_MakePoint(longitude, latitude), 4326)) STORED,
    x_published text NOT NULL DEFAULT '',
    y_published text NOT NULL DEFAULT '',
    x_used      numeric,
    y_used      numeric,
    crs         text NOT NULL DEFAULT 'EPSG:4326',
    confidence  text NOT NULL CONSTRAINT site_position_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source      text NOT NULL DEFAULT '',
    note        text NOT NULL DEFAULT '',
    origin text NOT NULL DEFAULT 'local',
    CONSTRAINT site_position_no_overlap EXCLUDE USING gist (site_id WITH =, valid WITH &&)
);
CREATE INDEX site_position_point ON site_position USING gist (point);

CREATE TABLE site_standard (
    id          int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    site_id     int NOT NULL REFERENCES site,
    medium      text NOT NULL REFERENCES medium,
    standard    text NOT NULL,
    column_code text NOT NULL,
    valid       daterange NOT NULL,
    confidence  text NOT NULL CONSTRAINT site_standard_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source      text NOT NULL DEFAULT '',
    FOREIGN KEY (standard, column_code) REFERENCES standard_column,
    origin text NOT NULL DEFAULT 'local',
    CONSTRAINT site_standard_no_overlap EXCLUDE USING gist (site_id WITH =, medium WITH =, standard WITH =, valid WITH &&)
);

-- A permit's own limits go before the standard's.
CREATE TABLE permit_limit (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    permit_id       int NOT NULL REFERENCES permit,
    site_id         int NOT NULL REFERENCES site,
    medium          text NOT NULL REFERENCES medium,
    parameter       text NOT NULL REFERENCES parameter,
    fraction        text NOT NULL DEFAULT '',
    valid           daterange NOT NULL,
    unit            text NOT NULL REFERENCES unit,
    kind            text NOT NULL CONSTRAINT permit_limit_kind CHECK (kind IN ('max', 'min', 'range')),
    lower           numeric,
    upper           numeric,
    canonical_lower numeric,
    canonical_upper numeric,
    clause          text NOT NULL DEFAULT '',
    CONSTRAINT permit_limit_lower_above_upper CHECK (lower <= upper),
    CONSTRAINT permit_limit_bounds CHECK (
        (kind = 'max' AND upper IS NOT NULL AND lower IS NULL)
        OR (kind = 'min' AND lower IS NOT NULL AND upper IS NULL)
        OR (kind = 'range' AND lower IS NOT NULL AND upper IS NOT NULL)),
    CONSTRAINT permit_limit_no_overlap EXCLUDE USING gist
        (site_id WITH =, medium WITH =, parameter WITH =, fraction WITH =, valid WITH &&)
);

-- Assigned lists: the way of the Ha Long Bay board, since most sea stations lie outside every commune.
CREATE TABLE site_list (
    id       int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name_vi  text NOT NULL CONSTRAINT site_list_name_once UNIQUE,
    document text NOT NULL,
    origin   text NOT NULL DEFAULT 'local' CONSTRAINT site_list_origin CHECK (origin IN ('seed', 'local', 'demo'))
);

CREATE TABLE site_list_item (
    list_id int NOT NULL REFERENCES site_list,
    site_id int NOT NULL REFERENCES site,
    PRIMARY KEY (list_id, site_id)
);

CREATE TABLE organisation_list (
    organisation_id int NOT NULL REFERENCES organisation,
    list_id         int NOT NULL REFERENCES site_list,
    valid           daterange NOT NULL,
    CONSTRAINT organisation_list_no_overlap EXCLUDE USING gist (organisation_id WITH =, list_id WITH =, valid WITH &&)
);

CREATE TABLE programme (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code            text NOT NULL CONSTRAINT programme_code_once UNIQUE,
    data_group      text NOT NULL REFERENCES data_group,
    medium          text NOT NULL REFERENCES medium,
    organisation_id int NOT NULL REFERENCES organisation,
    name_vi         text NOT NULL,
    name_en         text NOT NULL DEFAULT '',
    origin          text NOT NULL DEFAULT 'local' CONSTRAINT programme_origin CHECK (origin IN ('seed', 'local', 'demo')),
    CONSTRAINT programme_with_group UNIQUE (id, data_group)
);

CREATE TABLE programme_site (
    programme_id int NOT NULL,
    data_group   text NOT NULL,
    site_id      int NOT NULL REFERENCES site,
    permit_id    int REFERENCES permit,
    valid        daterange NOT NULL,
    origin       text NOT NULL DEFAULT 'local',
    FOREIGN KEY (programme_id, data_group) REFERENCES programme (id, data_group),
    CONSTRAINT programme_site_no_overlap EXCLUDE USING gist (programme_id WITH =, site_id WITH =, valid WITH &&)
);
CREATE INDEX programme_site_site ON programme_site (site_id, data_group);

-- The event of a status: a campaign of a programme; an inspection's sampling is the campaign that the inspection caused.
CREATE TABLE campaign (
    id               int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code             text NOT NULL CONSTRAINT campaign_code_once UNIQUE,
    programme_id     int NOT NULL REFERENCES programme,
    inspection_id    int REFERENCES inspection,
    name_vi          text NOT NULL,
    name_en          text NOT NULL DEFAULT '',
    period_start     date NOT NULL,
    period_end       date NOT NULL,
    concluded_on     date,
    released_at      timestamptz,
    released_by      int,
    release_document text NOT NULL DEFAULT '',
    CONSTRAINT campaign_period CHECK (period_start <= period_end),
    CONSTRAINT campaign_inspection_never_released CHECK (inspection_id IS NULL OR released_at IS NULL)
);
CREATE INDEX campaign_programme ON campaign (programme_id, period_start);
COMMENT ON COLUMN campaign.concluded_on IS 'Of an inspection: the day of its conclusion; facilities see nothing of it before.';

CREATE TABLE laboratory (
    id      int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    code    text NOT NULL CONSTRAINT laboratory_code_once UNIQUE,
    name_vi text NOT NULL,
    origin  text NOT NULL DEFAULT 'local' CONSTRAINT laboratory_origin CHECK (origin IN ('seed', 'local', 'demo'))
);

CREATE TABLE laboratory_certificate (
    laboratory_id int NOT NULL REFERENCES laboratory,
    number        text NOT NULL,
    valid         daterange NOT NULL,
    CONSTRAINT laboratory_certificate_no_overlap EXCLUDE USING gist (laboratory_id WITH =, number WITH =, valid WITH &&)
);
