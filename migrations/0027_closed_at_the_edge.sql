-- What is tried at the door is counted for each account and network, so that a stranger shuts out nobody but the own network; and functions are open
-- to the logins that call them and to nobody else.

CREATE TABLE sign_in_trial (
    subject    text NOT NULL CONSTRAINT sign_in_trial_subject CHECK (subject ~ '^(account:[0-9]+|name:[0-9a-f]{64})$'),
    lane       text NOT NULL CONSTRAINT sign_in_trial_lane CHECK (lane <> ''),
    failed     int NOT NULL CONSTRAINT sign_in_trial_failed CHECK (failed >= 0),
    first_at   timestamptz NOT NULL,
    last_at    timestamptz NOT NULL,
    shut_until timestamptz,
    PRIMARY KEY (subject, lane)
);
COMMENT ON COLUMN sign_in_trial.subject IS 'The account; of a name that nobody has its hash, so that both are counted and answered alike.';
COMMENT ON COLUMN sign_in_trial.lane IS 'From where: a network (of IPv6 the first 64 bits), a known device, or within a session.';
CREATE INDEX sign_in_trial_last ON sign_in_trial (last_at);
ALTER TABLE sign_in_trial ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON sign_in_trial FROM PUBLIC;
CREATE POLICY portal ON sign_in_trial TO quantrac_system USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_trial TO quantrac_system;

INSERT INTO sign_in_rule (code, value, basis) VALUES
    ('trials', 5, 'Tiêu chí S06 (TCVN 11930:2017, chưa đối chiếu bản gốc): 5 lần sai thì khóa; tính cho từng tài khoản và từng mạng.'),
    ('trial_minutes', 15, 'Tiêu chí S06 (TCVN 11930:2017, chưa đối chiếu bản gốc): trong 15 phút, khóa 15 phút.'),
    ('trials_before_slowing', 20, 'Lựa chọn của cổng: quá số lần sai này từ mọi mạng thì trả lời chậm dần, không khóa.'),
    ('slowest_answer_seconds', 8, 'Lựa chọn của cổng: chậm nhất là bấy nhiêu giây, để người dùng thật vẫn vào được.');

COMMENT ON COLUMN account.lockout_end IS 'Not used any more: sign_in_trial.';
COMMENT ON COLUMN account.access_failed_count IS 'Not used any more: sign_in_trial.';

CREATE OR REPLACE FUNCTION portal_account_state(account_id int, now timestamptz) RETURNS text
    LANGUAGE sql STABLE SET search_path = public, pg_temp
    AS $$
SELECT CASE WHEN a.left_at IS NOT NULL THEN 'left' WHEN a.locked_at IS NOT NULL THEN 'locked'
    WHEN a.valid_until < ($2 AT TIME ZONE 'Asia/Ho_Chi_Minh')::date THEN 'expired'
    WHEN EXISTS (SELECT FROM sign_in_trial AS t WHERE t.subject = 'account:' || a.id AND t.shut_until > $2) THEN 'locked_out' ELSE 'open' END
FROM account AS a WHERE a.id = $1
$$;

-- Another password: what was tried on the old one counts no more.
CREATE FUNCTION portal_forget_trials() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp
    AS $$
BEGIN
    DELETE FROM sign_in_trial WHERE subject = 'account:' || NEW.id;
    RETURN NULL;
END
$$;
CREATE TRIGGER account_forget_trials AFTER UPDATE OF password_hash ON account FOR EACH ROW WHEN (OLD.password_hash IS DISTINCT FROM NEW.password_hash)
    EXECUTE FUNCTION portal_forget_trials();

-- PostgreSQL opens every new function to everybody: a trigger function with the owner's rights could be put on a table of one's own and write a false
-- history. From now on a function is called by whom it was granted to.
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN SELECT oid FROM pg_proc WHERE proowner = current_user::regrole
    LOOP
        EXECUTE format('REVOKE ALL ON ROUTINE %s FROM PUBLIC', f);
    END LOOP;
END
$$;
-- Policies call them as whoever reads.
GRANT EXECUTE ON FUNCTION portal_today(), portal_fold(text) TO quantrac_province, quantrac_scoped, quantrac_guest, quantrac_system;
GRANT EXECUTE ON FUNCTION portal_account(), portal_organisation() TO quantrac_province, quantrac_scoped, quantrac_guest;
