-- What a person keeps for oneself: what stands in a form that was not sent yet, and how one likes to see a list.

-- One for each form of a person; gone once the form is sent or thrown away, and after thirty days in any case.
CREATE TABLE form_draft (
    account_id int NOT NULL REFERENCES account ON DELETE CASCADE,
    form       text NOT NULL CONSTRAINT form_draft_form CHECK (length(form) BETWEEN 1 AND 120),
    fields     jsonb NOT NULL CONSTRAINT form_draft_fields CHECK (jsonb_typeof(fields) = 'object' AND length(fields::text) <= 65536),
    kept_at    timestamptz NOT NULL,
    PRIMARY KEY (account_id, form)
);

-- A list as an address says it: filter, order and columns, under a name of one's own.
CREATE TABLE list_view (
    account_id int NOT NULL REFERENCES account ON DELETE CASCADE,
    list       text NOT NULL CONSTRAINT list_view_list CHECK (length(list) BETWEEN 1 AND 120),
    name       text NOT NULL CONSTRAINT list_view_name CHECK (length(name) BETWEEN 1 AND 60),
    query      text NOT NULL CONSTRAINT list_view_query CHECK (length(query) <= 2000),
    PRIMARY KEY (account_id, list, name)
);

ALTER TABLE form_draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE list_view ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON form_draft, list_view FROM PUBLIC;
GRANT SELECT, INSERT, UPDATE, DELETE ON form_draft, list_view TO quantrac_system;
CREATE POLICY portal ON form_draft TO quantrac_system USING (true) WITH CHECK (true);
CREATE POLICY portal ON list_view TO quantrac_system USING (true) WITH CHECK (true);
