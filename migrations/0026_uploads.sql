-- What people send: how much of it a day, the reserve of free space on the disk, and what is forgotten again.

-- Figures that the province may change, each with its basis.
CREATE TABLE upload_rule (
    code  text PRIMARY KEY,
    value int NOT NULL CONSTRAINT upload_rule_value CHECK (value > 0),
    basis text NOT NULL
);
INSERT INTO upload_rule (code, value, basis) VALUES
    ('organisation_files_a_day', 200, 'Lựa chọn của cổng: đủ để một đơn vị nộp số liệu và văn bản của cả năm trong một ngày.'),
    ('organisation_mb_a_day', 500, 'Lựa chọn của cổng: năm tệp lớn nhất được nhận.'),
    ('province_files_a_day', 1000, 'Lựa chọn của cổng: cơ quan cấp tỉnh nhập thay nhiều đơn vị.'),
    ('province_mb_a_day', 4000, 'Lựa chọn của cổng: cơ quan cấp tỉnh nhập thay nhiều đơn vị.'),
    ('guest_files_a_day', 20, 'Lựa chọn của cổng: tính riêng từng tài khoản khách, để người này không làm hết phần của người khác.'),
    ('guest_mb_a_day', 50, 'Lựa chọn của cổng: tính riêng từng tài khoản khách, để người này không làm hết phần của người khác.'),
    ('draft_days', 180, 'Lựa chọn của cổng: hồ sơ nháp không được gửi đi trong nửa năm thì không còn dùng; nộp lại tệp lúc nào cũng được.'),
    ('unnamed_file_days', 30, 'Lựa chọn của cổng: tệp đã gửi mà không hồ sơ, văn bản nào dùng đến.');

-- What came in on a day by Quảng Ninh's clocks. Booked while a file is on its way, so that all nodes and all files at once share one account.
CREATE TABLE upload_day (
    organisation_id int NOT NULL REFERENCES organisation,
    account_id      int NOT NULL,
    day             date NOT NULL,
    files           int NOT NULL CONSTRAINT upload_day_files CHECK (files >= 0),
    bytes           bigint NOT NULL CONSTRAINT upload_day_bytes CHECK (bytes >= 0),
    PRIMARY KEY (organisation_id, account_id, day)
);
CREATE INDEX upload_day_day ON upload_day (day);
COMMENT ON COLUMN upload_day.account_id IS '0: the organisation as a whole; of guests each account for itself.';

-- Since when the disk has had no more free space than the reserve, and until when.
CREATE TABLE disk_alert (
    id      int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    full_at timestamptz NOT NULL,
    free_mb bigint NOT NULL,
    over_at timestamptz,
    CONSTRAINT disk_alert_days CHECK (over_at >= full_at)
);
CREATE UNIQUE INDEX disk_alert_open ON disk_alert ((true)) WHERE over_at IS NULL;

DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['upload_rule', 'upload_day', 'disk_alert']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('REVOKE ALL ON %I FROM PUBLIC', t);
        EXECUTE format('CREATE POLICY portal ON %I TO quantrac_system USING (true) WITH CHECK (true)', t);
    END LOOP;
END
$$;
GRANT SELECT ON upload_rule TO quantrac_system;
GRANT SELECT, INSERT, UPDATE, DELETE ON upload_day, disk_alert TO quantrac_system;

-- Drafts that nobody sent for so long, with all that was read out of their files. Nobody deletes a submission otherwise.
CREATE FUNCTION portal_forget_drafts(days int) RETURNS TABLE (draft int, sender text, sent_name text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
BEGIN
    FOR draft, sender, sent_name IN
        SELECT s.id, s.account_name, s.file_name FROM submission s
        WHERE s.state = 'draft' AND s.created_at < now() - make_interval(days => $1)
            AND NOT EXISTS (SELECT FROM intake_queue q WHERE q.submission_id = s.id) AND NOT EXISTS (SELECT FROM sample WHERE sample.submission_id = s.id)
        ORDER BY s.id LIMIT 1000 FOR UPDATE SKIP LOCKED
    LOOP
        DELETE FROM submission_row WHERE submission_id = draft;
        DELETE FROM submission_problem WHERE submission_id = draft;
        DELETE FROM submission WHERE id = draft;
        RETURN NEXT;
    END LOOP;
END
$$;

-- Files that nothing has named for so long. What a later version lets name a file is found by its key.
CREATE FUNCTION portal_forget_files(days int) RETURNS SETOF text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
DECLARE
    unnamed text;
BEGIN
    FOR unnamed IN
        SELECT f.sha256 FROM stored_file f WHERE f.stored_at < now() - make_interval(days => $1)
            AND NOT EXISTS (SELECT FROM submission WHERE file_sha256 = f.sha256)
            AND NOT EXISTS (SELECT FROM desk_note WHERE file_sha256 = f.sha256)
            AND NOT EXISTS (SELECT FROM duty_fulfilment WHERE file_sha256 = f.sha256)
            AND NOT EXISTS (SELECT FROM organisation_change WHERE file_sha256 = f.sha256)
            AND NOT EXISTS (SELECT FROM account_request WHERE file_sha256 = f.sha256)
            AND NOT EXISTS (SELECT FROM account_review WHERE file_sha256 = f.sha256)
        ORDER BY f.sha256 LIMIT 1000
    LOOP
        BEGIN
            DELETE FROM stored_file WHERE sha256 = unnamed;
            RETURN NEXT unnamed;
        EXCEPTION WHEN foreign_key_violation THEN
            CONTINUE;
        END;
    END LOOP;
END
$$;
REVOKE ALL ON FUNCTION portal_forget_drafts(int), portal_forget_files(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_forget_drafts(int), portal_forget_files(int) TO quantrac_province;
