-- Watching over accounts (Điều 9.3b): who is on line on which node, by which rules the Centre is told, and what it was told of.

-- How many pages of a session are open on a node. A row that its node has not renewed for a minute counts for nothing: the node is gone.
CREATE TABLE session_node (
    session_id uuid NOT NULL REFERENCES account_session ON DELETE CASCADE,
    node       text NOT NULL,
    circuits   int NOT NULL CONSTRAINT session_node_circuits CHECK (circuits > 0),
    at         timestamptz NOT NULL,
    PRIMARY KEY (session_id, node)
);
CREATE INDEX session_node_node ON session_node (node);

CREATE TABLE watch_rule (
    code       text PRIMARY KEY,
    amount     int CONSTRAINT watch_rule_amount CHECK (amount > 0),
    minutes    int CONSTRAINT watch_rule_minutes CHECK (minutes > 0),
    from_hour  int CONSTRAINT watch_rule_from CHECK (from_hour BETWEEN 0 AND 23),
    to_hour    int CONSTRAINT watch_rule_to CHECK (to_hour BETWEEN 0 AND 23),
    name_vi    text NOT NULL,
    name_en    text NOT NULL,
    confidence text NOT NULL CONSTRAINT watch_rule_confidence CHECK (confidence IN ('low', 'medium', 'high')),
    source     text NOT NULL DEFAULT '',
    origin     text NOT NULL DEFAULT 'local' CONSTRAINT watch_rule_origin CHECK (origin IN ('seed', 'local'))
);
COMMENT ON COLUMN watch_rule.amount IS 'Told from so many on: attempts, refusals, MB.';
COMMENT ON COLUMN watch_rule.minutes IS 'Within so many minutes; of a new place: as far back as places are remembered.';

CREATE TABLE watch_alert (
    id           int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    rule         text NOT NULL,
    key          text NOT NULL CONSTRAINT watch_alert_once UNIQUE,
    account_id   int REFERENCES account ON DELETE SET NULL,
    account_name text NOT NULL DEFAULT '',
    from_address text NOT NULL DEFAULT '',
    amount       bigint,
    at           timestamptz NOT NULL,
    closed_at    timestamptz,
    closed_by    text NOT NULL DEFAULT '',
    closed_words text NOT NULL DEFAULT '' CONSTRAINT watch_alert_words CHECK (length(closed_words) <= 500),
    CONSTRAINT watch_alert_closed CHECK ((closed_at IS NULL) = (closed_by = '') AND (closed_at IS NULL) = (closed_words = ''))
);
CREATE INDEX watch_alert_open ON watch_alert (at) WHERE closed_at IS NULL;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['session_node', 'watch_rule', 'watch_alert']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
        EXECUTE format('CREATE POLICY portal ON %I TO quantrac_system USING (true) WITH CHECK (true)', t);
    END LOOP;
END
$$;
GRANT SELECT, INSERT, UPDATE, DELETE ON session_node TO quantrac_system;
GRANT SELECT ON watch_rule TO quantrac_system;
GRANT SELECT, INSERT, UPDATE ON watch_alert TO quantrac_system;

-- The network that an address belongs to, as a place: IPv4 to 24 bits, IPv6 to 48. Null for what is no address.
CREATE FUNCTION portal_place(address text) RETURNS inet
    LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp
    AS $$
DECLARE
    at inet;
BEGIN
    at := address::inet;
    RETURN network(set_masklen(at, CASE family(at) WHEN 4 THEN 24 ELSE 48 END));
EXCEPTION WHEN OTHERS THEN
    RETURN NULL;
END
$$;
REVOKE ALL ON FUNCTION portal_place(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_place(text) TO quantrac_system, quantrac_province;
