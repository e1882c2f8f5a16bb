-- Every status bears the class of its worst ratio, whatever legal index its medium has; the supplementary index stands beside, in no one's place.

ALTER TABLE site_status
    ADD ratio_class text NOT NULL DEFAULT 'none' CONSTRAINT site_status_ratio_class CHECK (ratio_class IN ('le0.5', 'le1', 'le2', 'le5', 'gt5', 'none')),
    ADD ccme_value int,
    ADD ccme_band text;
COMMENT ON COLUMN site_status.ratio_class IS 'The class of the worst ratio to a limit; none where nothing was decided.';
COMMENT ON COLUMN site_status.band IS 'The class of the legal index, a code of index_band; where there is none, of the worst ratio.';
COMMENT ON COLUMN site_status.ccme_value IS 'CCME WQI, supplementary: no legal index, and none of a discharge.';

-- As the engine has it (SiteVerdict): what exceeds is in no better class than the one just above the limit, what is not decided in none.
-- Where the class of the worst ratio was the fill already, it is kept: a minimum of nothing is without bound, which no ratio says.
UPDATE site_status SET ratio_class = CASE
    WHEN verdict IN ('cannot judge', 'no limit') THEN 'none'
    WHEN index_code = 'worst-ratio' THEN CASE WHEN verdict = 'exceeds' AND band IN ('le0.5', 'le1', 'none') THEN 'le2' ELSE band END
    WHEN worst_ratio > 5 THEN 'gt5'
    WHEN worst_ratio > 2 THEN 'le5'
    WHEN worst_ratio > 1 OR verdict = 'exceeds' THEN 'le2'
    WHEN worst_ratio > 0.5 THEN 'le1'
    ELSE 'le0.5' END;

UPDATE site_status SET
    ccme_value = CASE WHEN medium <> 'wastewater' THEN index_value::int END,
    ccme_band = CASE WHEN medium <> 'wastewater' THEN band END,
    index_code = 'worst-ratio', index_reason = 'no_index', index_value = worst_ratio, band = ratio_class
WHERE index_code = 'ccme-wqi';
UPDATE site_status SET band = ratio_class, index_reason = CASE index_reason WHEN 'too_few_variables' THEN 'no_index' ELSE index_reason END
WHERE index_code = 'worst-ratio' AND (band <> ratio_class OR index_reason = 'too_few_variables');

ALTER TABLE site_status
    DROP CONSTRAINT site_status_index_code,
    ADD CONSTRAINT site_status_index_code CHECK (index_code IN ('worst-ratio', 'vn-wqi', 'wqi-2011', 'vn-aqi')),
    ADD CONSTRAINT site_status_excess_is_no_good_class CHECK (verdict <> 'exceeds' OR ratio_class NOT IN ('le0.5', 'le1')),
    ADD CONSTRAINT site_status_undecided_is_no_class CHECK (verdict NOT IN ('cannot judge', 'no limit') OR ratio_class = 'none');
