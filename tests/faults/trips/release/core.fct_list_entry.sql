-- Trips of the release suite core.fct_list_entry: 3,200 entries of the Entity List that stand, 1,000 of them once
-- worded otherwise; OFAC's two lists and the Denied Persons List; and the nine other lists.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US_BIS_EL' AS list_code,
    'el/' || i AS entry_key,
    'party/' || i AS party_key,
    'Party ' || i AS entity_name,
    CASE WHEN i % 3 = 0 THEN 'CN' ELSE 'MX' END AS country_code,
    'All items subject to the EAR' AS licence_requirement,
    'Presumption of denial' AS licence_policy,
    closed_by,
    DATE '2019-05-21' AS valid_from,
    valid_to,
    known_from,
    known_to
FROM (VALUES
    (NULL, DATE '9999-12-31', DATE '2025-12-31', DATE '9999-12-31', 3200),
    ('revision', DATE '9999-12-31', DATE '2024-12-31', DATE '2025-12-31', 1000),
    ('revision', DATE '2025-12-31', DATE '2025-12-31', DATE '9999-12-31', 1000)
) AS states(closed_by, valid_to, known_from, known_to, entries)
CROSS JOIN range(3200) AS r(i)
WHERE i < entries;
INSERT INTO {mart} BY NAME
SELECT
    list_code,
    list_code || '/' || i AS entry_key,
    'party/' || i AS party_key,
    'Party ' || i AS entity_name,
    CASE WHEN i % 3 = 0 THEN 'CN' ELSE 'MX' END AS country_code,
    'CUBA' AS licence_requirement,
    closed_by,
    valid_from,
    valid_to,
    DATE '2024-05-03' AS known_from,
    DATE '9999-12-31' AS known_to
FROM (VALUES
    ('US_OFAC_SDN', NULL, DATE '2018-12-19', DATE '9999-12-31', 16000),
    ('US_OFAC_CONS', NULL, DATE '2024-05-03', DATE '9999-12-31', 400),
    ('US_BIS_DPL', 'expiry', DATE '2010-01-01', DATE '2056-06-29', 400)
) AS lists(list_code, closed_by, valid_from, valid_to, entries)
CROSS JOIN range(16000) AS r(i)
WHERE i < entries;
INSERT INTO {mart} BY NAME
SELECT
    list_code,
    'other/' || i AS entry_key,
    'party/' || i AS party_key,
    'Party ' || i AS entity_name,
    CASE WHEN list_code = 'US_BIS_MEU' THEN 'Items of supplement no. 2' END AS licence_requirement,
    CASE WHEN list_code = 'US_BIS_MEU' THEN 'See part 744' END AS licence_policy,
    DATE '2025-04-04' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '2025-12-31' AS known_from,
    DATE '9999-12-31' AS known_to
FROM (VALUES
    ('US_BIS_UVL', 250), ('US_BIS_MEU', 100), ('US_ISN', 250), ('US_DDTC_DTC', 500), ('US_DHS_UFLPA', 250),
    ('CN_MOFCOM_UEL', 100), ('CN_MOFCOM_ECL', 250), ('CN_MOFCOM_AL', 50), ('JP_METI_EUL', 500)
) AS lists(list_code, entries)
CROSS JOIN range(500) AS r(i)
WHERE i < entries;
INSERT INTO {mart} BY NAME
SELECT
    'US_BIS_EL' AS list_code, 'US_BIS_EL/1' AS entry_key, 'party/1' AS party_key, 'Party 1' AS entity_name,
    'absence' AS closed_by, DATE '2024-01-02' AS valid_from, DATE '2024-01-03' AS valid_to,
    DATE '2024-01-03' AS known_from, DATE '9999-12-31' AS known_to
UNION ALL BY NAME
SELECT
    'US_ISN' AS list_code, 'gap/1' AS entry_key, 'party/gap' AS party_key, 'Gap' AS entity_name, closed_by,
    valid_from, valid_to, DATE '2025-12-31' AS known_from, DATE '9999-12-31' AS known_to
FROM (VALUES
    ('revision', DATE '2020-01-01', DATE '2022-01-01'), (NULL, DATE '2023-01-01', DATE '9999-12-31')
) AS stretches(closed_by, valid_from, valid_to);

-- trip too_few_rows
DELETE FROM {mart} WHERE valid_to = DATE '2025-12-31' OR (list_code = 'US_OFAC_SDN' AND entry_key < 'US_OFAC_SDN/11');

-- trip list_sizes: Unverified List
DELETE FROM {mart} WHERE list_code = 'US_BIS_UVL' AND entry_key >= 'other/15';

-- trip list_sizes: Japan's list gone
DELETE FROM {mart} WHERE list_code = 'JP_METI_EUL';

-- trip valid_out_of_time: before the act
UPDATE {mart} SET valid_from = DATE '2022-06-20' WHERE list_code = 'US_DHS_UFLPA' AND entry_key = 'other/7';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(20) WHERE closed_by = 'revision';

-- trip entity_list_size
UPDATE {mart} SET closed_by = 'absence', valid_to = DATE '2026-07-31'
WHERE list_code = 'US_BIS_EL' AND closed_by IS NULL AND entry_key < 'el/2' AND country_code = 'MX';

-- trip entity_list_china: a heading misread
UPDATE {mart} SET country_code = 'MX' WHERE country_code = 'CN' AND entry_key >= 'el/2';

-- trip list_sizes: SDN
UPDATE {mart} SET closed_by = 'absence', valid_to = DATE '2026-07-31'
WHERE list_code = 'US_OFAC_SDN' AND entry_key < 'US_OFAC_SDN/14';

-- trip list_sizes: consolidated
DELETE FROM {mart} WHERE list_code = 'US_OFAC_CONS' AND entry_key < 'US_OFAC_CONS/3';

-- trip list_sizes: a list gone
DELETE FROM {mart} WHERE list_code = 'US_BIS_DPL';

-- trip list_unknown
UPDATE {mart} SET list_code = 'US_BIS_XL' WHERE entry_key = 'el/1';

-- trip list_unknown: a key of another list
UPDATE {mart} SET entry_key = 'US_OFAC_SDN/x' WHERE entry_key = 'US_OFAC_CONS/1';

-- trip country_unknown
UPDATE {mart} SET country_code = 'ZZ' WHERE entry_key = 'el/1';

-- trip valid_out_of_time: before the list
UPDATE {mart} SET valid_from = DATE '1997-01-31' WHERE entry_key = 'el/3000';

-- trip valid_out_of_time: after the edition
UPDATE {mart} SET valid_from = known_from + 1 WHERE entry_key = 'el/3000';

-- trip valid_out_of_time: an order before the act
UPDATE {mart} SET valid_from = DATE '1979-09-30' WHERE entry_key = 'US_BIS_DPL/1';

-- trip valid_out_of_time: an order long after the edition
UPDATE {mart} SET valid_from = known_from + 61 WHERE entry_key = 'US_BIS_DPL/1';

-- trip closed_unlike_interval: an entry that cannot end by itself
UPDATE {mart} SET closed_by = 'expiry', valid_to = DATE '2056-06-29' WHERE entry_key = 'US_OFAC_SDN/1';

-- trip closed_unlike_interval: what stands is called closed
UPDATE {mart} SET closed_by = 'absence' WHERE entry_key = 'el/3000';

-- trip closed_unlike_interval: what ended is not
UPDATE {mart} SET closed_by = NULL WHERE entry_key = 'el/1' AND valid_to < DATE '9999-12-31';

-- trip terms_missing
UPDATE {mart} SET licence_policy = NULL WHERE entry_key < 'el/12';

-- trip terms_missing: no programmes
UPDATE {mart} SET licence_requirement = NULL WHERE list_code = 'US_OFAC_CONS' AND entry_key < 'US_OFAC_CONS/2';

-- trip party_missing
UPDATE {mart} SET party_key = NULL WHERE entry_key = 'US_OFAC_CONS/1';
