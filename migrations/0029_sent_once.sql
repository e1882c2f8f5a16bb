-- A file that is sent again because nobody knows whether it had arrived is the same submission: the sender marks each sending, and a mark counts once for each account.
ALTER TABLE submission ADD COLUMN sending uuid;
CREATE UNIQUE INDEX submission_sent_once ON submission (account_id, sending);
GRANT SELECT (sending) ON submission TO quantrac_scoped;
