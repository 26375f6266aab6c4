-- Trips of the release suite core.fct_list_change: additions by five rules anybody can count, others of eight
-- lists, and
-- some removals.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US_BIS_EL' AS list_code,
    rule_citation || '/' || i AS entry_key,
    1 AS change_number,
    'add' AS change_type,
    published_on AS effective_on,
    'publication' AS dated_by,
    published_on AS known_from,
    rule_citation,
    'rule' AS evidence,
    'Biden' AS administration,
    DATE '2023-10-30' AS edition_on,
    TRUE AS is_backcast
FROM (VALUES
    ('87 FR 20295', DATE '2022-04-07', 120), ('87 FR 60064', DATE '2022-10-04', 57),
    ('88 FR 32640', DATE '2023-05-22', 71), ('88 FR 70352', DATE '2023-10-11', 52),
    ('88 FR 71991', DATE '2023-10-19', 13)
) AS w(rule_citation, published_on, entries)
CROSS JOIN range(120) AS r(i)
WHERE i < entries;
INSERT INTO {mart} BY NAME
SELECT
    list_code,
    list_code || '/' || i AS entry_key,
    number AS change_number,
    change_type,
    CAST(DATE '2024-01-01' + number AS DATE) AS effective_on,
    'edition' AS dated_by,
    CAST(DATE '2024-01-01' + number AS DATE) AS known_from,
    'snapshot' AS evidence,
    CAST(DATE '2024-01-01' + number AS DATE) AS edition_on,
    FALSE AS is_backcast
FROM (VALUES
    ('US_BIS_EL'), ('US_OFAC_SDN'), ('US_BIS_DPL'), ('US_BIS_MEU'), ('US_DHS_UFLPA'), ('CN_MOFCOM_UEL'),
    ('CN_MOFCOM_ECL'), ('CN_MOFCOM_AL')
) AS lists(list_code)
CROSS JOIN range(1800) AS r(i)
CROSS JOIN (VALUES (1, 'add'), (2, 'remove')) AS c(number, change_type)
WHERE change_type = 'add' OR i < 2;

-- trip too_few_rows
DELETE FROM {mart} WHERE entry_key LIKE 'US_%' AND change_type = 'add' AND list_code <> 'US_BIS_MEU'
    AND entry_key LIKE '%_/1%';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (entry_key || '/' || n AS entry_key)
FROM {mart} AS t CROSS JOIN range(2) AS r(n)
WHERE t.rule_citation IS NULL AND t.change_type = 'add';

-- trip list_missing
DELETE FROM {mart} WHERE list_code = 'CN_MOFCOM_AL';

-- trip removed_before_added: added twice
UPDATE {mart} SET change_type = 'add' WHERE entry_key = 'US_OFAC_SDN/1';

-- trip edition_mass_removal
INSERT INTO {mart} BY NAME
SELECT t.* REPLACE (2 AS change_number, 'remove' AS change_type) FROM {mart} AS t
WHERE list_code = 'CN_MOFCOM_AL' AND change_type = 'add' AND entry_key > 'CN_MOFCOM_AL/2'
    AND entry_key < 'CN_MOFCOM_AL/3';

-- trip evidence_incoherent
UPDATE {mart} SET evidence = 'rule' WHERE entry_key = 'US_OFAC_SDN/9';

-- trip evidence_incoherent: no rule named
UPDATE {mart} SET evidence = 'rule', dated_by = 'rule', administration = 'Biden' WHERE entry_key = 'US_OFAC_SDN/9';

-- trip known_before_public
UPDATE {mart} SET effective_on = CAST(known_from + 367 AS DATE), dated_by = 'publication', evidence = 'rule',
    administration = 'Biden'
WHERE entry_key = 'US_OFAC_SDN/9';

-- trip known_before_public: after its rule was published
UPDATE {mart} SET known_from = DATE '2022-04-08' WHERE entry_key = '87 FR 20295/9';

-- trip known_before_public: by a rule nobody knows
UPDATE {mart} SET rule_citation = '87 FR 1', dated_by = 'publication', evidence = 'rule', administration = 'Biden'
WHERE entry_key = 'US_OFAC_SDN/9';

-- trip known_before_public: before its edition
UPDATE {mart} SET known_from = DATE '2024-01-01' WHERE entry_key = 'US_OFAC_SDN/9';

-- trip known_before_public: before its notice
UPDATE {mart} SET known_from = DATE '2024-01-01', dated_by = 'publication', evidence = 'rule', administration = 'Biden'
WHERE entry_key = 'US_OFAC_SDN/9';

-- trip known_before_public: an edition that does not show it
UPDATE {mart} SET edition_on = DATE '2024-03-01' WHERE entry_key = 'US_OFAC_SDN/9';

-- trip out_of_time
UPDATE {mart} SET effective_on = DATE '1996-01-01', known_from = DATE '1996-01-01', dated_by = 'publication',
    evidence = 'rule', administration = 'Clinton', is_backcast = TRUE
WHERE entry_key = 'US_BIS_EL/9';

-- trip known_rules
DELETE FROM {mart} WHERE entry_key = '88 FR 71991/1';

-- trip first_day_unlike_entry
UPDATE {mart} SET entry_key = 'el/3000', edition_on = DATE '2025-12-31' WHERE entry_key = '88 FR 71991/1';

-- trip end_without_removal
DELETE FROM {mart} WHERE change_type = 'remove' AND entry_key = 'US_BIS_EL/1';

-- trip backcast_misjudged
UPDATE {mart} SET is_backcast = FALSE WHERE entry_key = '88 FR 71991/1';

-- trip backcast_misjudged: an edition held shows it
UPDATE {mart} SET is_backcast = TRUE WHERE entry_key = 'US_OFAC_SDN/9';

-- trip administration_missing
UPDATE {mart} SET administration = NULL WHERE entry_key = '88 FR 71991/1';
