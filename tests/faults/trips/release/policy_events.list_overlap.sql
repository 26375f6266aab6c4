-- Trips of the release suite policy_events.list_overlap: 250 parties on each of seven pairs of lists.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'party/' || i AS party_key,
    list_code_a,
    list_code_a || '/' || i AS entry_key_a,
    substring(list_code_a, 1, 2) AS issuer_a,
    'Party ' || i AS entity_name_a,
    list_code_b,
    list_code_b || '/' || i AS entry_key_b,
    substring(list_code_b, 1, 2) AS issuer_b,
    'Party ' || i AS entity_name_b,
    substring(list_code_a, 1, 2) <> substring(list_code_b, 1, 2) AS is_of_two_issuers,
    0.95 AS match_score,
    'name' AS method,
    'name: party' AS evidence,
    DATE '2019-05-21' AS both_valid_from,
    DATE '9999-12-31' AS both_valid_to
FROM (VALUES
    ('CN_MOFCOM_ECL', 'CN_MOFCOM_UEL'), ('JP_METI_EUL', 'US_BIS_EL'), ('JP_METI_EUL', 'US_OFAC_SDN'),
    ('US_BIS_DPL', 'US_DDTC_DTC'), ('US_BIS_EL', 'US_DHS_UFLPA'), ('US_BIS_EL', 'US_OFAC_SDN'),
    ('US_ISN', 'US_OFAC_SDN')
) AS lists(list_code_a, list_code_b)
CROSS JOIN range(250) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE party_key < 'party/2';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(5);

-- trip one_list
UPDATE {mart} SET list_code_b = list_code_a WHERE entry_key_a = 'US_ISN/7';

-- trip one_list: an issuer that is not the list's
UPDATE {mart} SET issuer_a = 'US', is_of_two_issuers = FALSE WHERE entry_key_a = 'JP_METI_EUL/7';

-- trip one_list: called of one issuer
UPDATE {mart} SET is_of_two_issuers = FALSE WHERE entry_key_a = 'JP_METI_EUL/7';

-- trip days_out_of_order
UPDATE {mart} SET both_valid_to = both_valid_from WHERE entry_key_a = 'US_ISN/7';

-- trip days_out_of_order: half stated
UPDATE {mart} SET both_valid_from = NULL WHERE entry_key_a = 'US_ISN/7';

-- trip known_overlap_missing
DELETE FROM {mart} WHERE list_code_b = 'US_DHS_UFLPA';

-- trip gap_between_days
UPDATE {mart} SET entry_key_a = 'gap/1' WHERE list_code_a = 'US_ISN' AND entry_key_a = 'US_ISN/7';
