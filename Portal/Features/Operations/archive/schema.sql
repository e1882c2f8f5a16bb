-- A table for each CSV file of the archive, in plain SQL. Load units, parameters, sites, campaigns, laboratories, documents, then results.
CREATE TABLE units (code varchar PRIMARY KEY, quantity varchar NOT NULL, factor numeric NOT NULL, name_vi varchar NOT NULL, name_en varchar NOT NULL);
CREATE TABLE parameters (code varchar PRIMARY KEY, unit varchar NOT NULL REFERENCES units, name_vi varchar NOT NULL, name_en varchar NOT NULL);
CREATE TABLE sites (
    code varchar NOT NULL, kind varchar NOT NULL, name_vi varchar NOT NULL, name_en varchar NOT NULL, owner varchar,
    valid_from date, valid_to date, longitude double precision, latitude double precision);
CREATE TABLE campaigns (code varchar NOT NULL, programme varchar NOT NULL, name_vi varchar NOT NULL, name_en varchar NOT NULL, period_start date, period_end date);
CREATE TABLE laboratories (code varchar PRIMARY KEY, name_vi varchar NOT NULL);
CREATE TABLE documents (sha256 char(64) PRIMARY KEY, name varchar NOT NULL, bytes bigint NOT NULL, handed_in_by varchar NOT NULL, accepted_at timestamp with time zone);
CREATE TABLE results (
    id bigint PRIMARY KEY, site varchar NOT NULL, medium varchar NOT NULL, data_group char(1) NOT NULL, programme varchar NOT NULL, campaign varchar NOT NULL,
    period_start date NOT NULL, period_end date NOT NULL, precision varchar NOT NULL, depth numeric, tide varchar, type varchar, replicate smallint NOT NULL,
    laboratory varchar REFERENCES laboratories, report_number varchar, parameter varchar NOT NULL REFERENCES parameters, fraction varchar,
    censoring varchar, value numeric NOT NULL, unit varchar NOT NULL, canonical_value numeric NOT NULL, canonical_unit varchar NOT NULL, reported varchar NOT NULL,
    document char(64) NOT NULL REFERENCES documents, sheet varchar, row_number integer, column_letter varchar, superseded_by bigint);
