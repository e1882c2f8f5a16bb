-- What a sign-in holds by: codes that count once, recovery codes, passkeys; and the tokens by which programs read.

-- A code of the second step is known by the thirty seconds it belongs to: the key refuses the second use, on whatever node.
CREATE TABLE account_code (
    account_id int NOT NULL REFERENCES account ON DELETE CASCADE,
    step       bigint NOT NULL,
    used_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, step)
);

CREATE TABLE account_recovery_code (
    account_id int NOT NULL REFERENCES account ON DELETE CASCADE,
    sha256     text NOT NULL,
    made_at    timestamptz NOT NULL,
    used_at    timestamptz,
    PRIMARY KEY (account_id, sha256)
);

CREATE TABLE account_passkey (
    credential_id      bytea PRIMARY KEY,
    account_id         int NOT NULL REFERENCES account ON DELETE CASCADE,
    name               text NOT NULL,
    public_key         bytea NOT NULL,
    sign_count         bigint NOT NULL,
    transports         text[] NOT NULL,
    user_verified      boolean NOT NULL,
    backup_eligible    boolean NOT NULL,
    backed_up          boolean NOT NULL,
    attestation_object bytea NOT NULL,
    client_data        bytea NOT NULL,
    created_at         timestamptz NOT NULL,
    used_at            timestamptz
);
CREATE INDEX account_passkey_account ON account_passkey (account_id, created_at);

-- Read-only connection of a program to the shared data (Điều 4.3), granted by document; only the hash is kept.
CREATE TABLE api_token (
    id              int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    account_id      int NOT NULL REFERENCES account ON DELETE CASCADE,
    name            text NOT NULL CONSTRAINT api_token_name CHECK (name <> ''),
    sha256          text NOT NULL CONSTRAINT api_token_once UNIQUE,
    document_number text NOT NULL CONSTRAINT api_token_document CHECK (document_number <> ''),
    document_date   date NOT NULL,
    granted_by      text NOT NULL,
    granted_at      timestamptz NOT NULL,
    expires_on      date NOT NULL,
    revoked_at      timestamptz,
    revoked_by      text NOT NULL DEFAULT '',
    revoked_reason  text NOT NULL DEFAULT '',
    used_at         timestamptz,
    used_from       text NOT NULL DEFAULT '',
    CONSTRAINT api_token_revoked_with_reason CHECK ((revoked_at IS NULL) = (revoked_reason = '') AND (revoked_at IS NULL) = (revoked_by = ''))
);
COMMENT ON COLUMN api_token.expires_on IS 'The last day on which it opens.';
CREATE INDEX api_token_account ON api_token (account_id);

-- Figures that the province may change, each with its basis.
CREATE TABLE sign_in_rule (
    code  text PRIMARY KEY,
    value int NOT NULL CONSTRAINT sign_in_rule_value CHECK (value > 0),
    basis text NOT NULL
);
INSERT INTO sign_in_rule (code, value, basis) VALUES
    ('token_days', 365, 'Điều 4.3 không nêu thời hạn; chọn tối đa một năm để mỗi năm rà soát lại một lần.'),
    ('token_calls_a_minute', 120, 'Lựa chọn của cổng: đủ cho phần mềm đọc định kỳ, không làm chậm người khác.');

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['account_code', 'account_recovery_code', 'account_passkey', 'api_token', 'sign_in_rule']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
        EXECUTE format('CREATE POLICY portal ON %I TO quantrac_system USING (true) WITH CHECK (true)', t);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, DELETE ON account_code TO quantrac_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON account_recovery_code, account_passkey TO quantrac_system;
GRANT SELECT, INSERT, UPDATE ON api_token TO quantrac_system;
GRANT SELECT ON sign_in_rule TO quantrac_system;
