-- Whether what stands in a submission was accepted. Asked of each value of a series: under the policy of submission every one would look for a sample that its reader sees,
-- and whoever asks sees the value itself. It tells nothing else of the submission.
CREATE FUNCTION portal_accepted(submission int) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$ SELECT EXISTS (SELECT FROM submission WHERE id = $1 AND state = 'accepted') $$;
REVOKE ALL ON FUNCTION portal_accepted(int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_accepted(int) TO quantrac_province, quantrac_scoped, quantrac_guest;
