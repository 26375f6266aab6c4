-- Trips of the release suite core.dim_ownership_rule.

-- good
INSERT INTO {mart} BY NAME
SELECT rule_code, list_code, 0.5 AS threshold_share, is_of_law, 'a citation' AS citation
FROM (VALUES
    ('OFAC_50_PERCENT', 'US_OFAC_SDN', true),
    ('BIS_AFFILIATES', 'US_BIS_EL', true),
    ('BIS_AFFILIATES', 'US_BIS_MEU', true),
    ('US_BIS_UVL_ALONE', 'US_BIS_UVL', false)
) AS r(rule_code, list_code, is_of_law);

-- trip one_threshold_a_rule with rules_of_fifty_per_cent
UPDATE {mart} SET threshold_share = 0.25 WHERE list_code = 'US_BIS_MEU';

-- trip threshold_out_of_range
UPDATE {mart} SET threshold_share = 50 WHERE rule_code = 'US_BIS_UVL_ALONE';

-- trip rules_of_fifty_per_cent: gone
DELETE FROM {mart} WHERE rule_code = 'OFAC_50_PERCENT';
