-- The least sure of several words of confidence; what is not known (NULL) says nothing against the others.
CREATE FUNCTION portal_least_sure(VARIADIC confidences text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = public, pg_temp
    AS $$ SELECT CASE WHEN 'low' = ANY ($1) THEN 'low' WHEN 'medium' = ANY ($1) THEN 'medium' ELSE 'high' END $$;
REVOKE ALL ON FUNCTION portal_least_sure(text[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_least_sure(text[]) TO quantrac_province, quantrac_scoped, quantrac_guest;

-- How sure a limit is at a site on a day: as its weakest link, be it the figure, the column of the standard or the site's assignment to it.
-- Panel, chain and proof sheet ask here and nowhere else. Of a limit that is of no standard (a permit's): high.
CREATE FUNCTION portal_limit_confidence(limit_id int, site_id int, on_day date) RETURNS text
    LANGUAGE sql STABLE PARALLEL SAFE SET search_path = public, pg_temp
    AS $$
SELECT coalesce(
    (SELECT portal_least_sure(l.confidence, col.confidence,
        (SELECT a.confidence FROM site_standard AS a
         WHERE a.site_id = $2 AND a.medium = col.medium AND a.standard = l.standard AND a.column_code = l.column_code
         ORDER BY a.valid @> $3 DESC, lower(a.valid) DESC NULLS LAST, a.id LIMIT 1))
     FROM standard_limit AS l JOIN standard_column AS col ON col.standard = l.standard AND col.code = l.column_code
     WHERE l.id = $1),
    'high')
$$;
REVOKE ALL ON FUNCTION portal_limit_confidence(int, int, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_limit_confidence(int, int, date) TO quantrac_province, quantrac_scoped, quantrac_guest;

-- The body whose head stands on what the portal prints, and the one above it, by their names of a day: no secret, though not everybody sees its row.
CREATE FUNCTION portal_letterhead(on_day date, OUT above_vi text, OUT above_en text, OUT body_vi text, OUT body_en text)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp
    AS $$
SELECT above.name_vi, above.name_en, body.name_vi, body.name_en
FROM organisation AS o
JOIN organisation_name AS body ON body.organisation_id = o.id AND body.valid @> $1
LEFT JOIN organisation_parent AS p ON p.organisation_id = o.id AND p.valid @> $1
LEFT JOIN organisation_name AS above ON above.organisation_id = p.parent_id AND above.valid @> $1
WHERE o.code = 'SONNMT'
$$;
REVOKE ALL ON FUNCTION portal_letterhead(date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION portal_letterhead(date) TO quantrac_province, quantrac_scoped, quantrac_guest;
