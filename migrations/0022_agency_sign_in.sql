-- Whom an agency's own sign-in has vouched for. It opens nothing until an administrator binds it to an account (account_login).

CREATE TABLE agency_identity (
    id       int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    issuer   text NOT NULL,
    subject  text NOT NULL,
    name     text NOT NULL DEFAULT '',
    email    text NOT NULL DEFAULT '',
    first_at timestamptz NOT NULL,
    last_at  timestamptz NOT NULL,
    CONSTRAINT agency_identity_once UNIQUE (issuer, subject)
);
COMMENT ON COLUMN agency_identity.email IS 'To recognise a person by, never to find an account by: the agency may give it to somebody else.';
ALTER TABLE agency_identity ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON agency_identity FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON agency_identity TO quantrac_system;
CREATE POLICY portal ON agency_identity TO quantrac_system USING (true) WITH CHECK (true);
