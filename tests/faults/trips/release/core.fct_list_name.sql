-- Trips of the release suite core.fct_list_name: the primary name of every good statement of core.fct_list_entry, and
-- aliases and former names of the lists that print them.

-- good
INSERT INTO {mart} BY NAME
SELECT
    list_code,
    entry_key,
    entity_name AS name,
    'primary' AS name_kind,
    valid_from,
    valid_to,
    known_from,
    known_to
FROM core.fct_list_entry;
INSERT INTO {mart} BY NAME
SELECT
    list_code,
    'entry/' || i AS entry_key,
    name_kind || ' ' || i AS name,
    name_kind,
    DATE '2024-05-03' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    DATE '2024-05-03' AS known_from,
    DATE '9999-12-31' AS known_to
FROM (VALUES
    ('US_BIS_EL', 'alias', 5000), ('US_OFAC_SDN', 'alias', 16000), ('US_OFAC_SDN', 'former', 100),
    ('US_OFAC_CONS', 'alias', 900), ('US_OFAC_CONS', 'former', 140), ('JP_METI_EUL', 'alias', 1400),
    ('US_DDTC_DTC', 'alias', 140), ('US_ISN', 'alias', 130), ('US_DHS_UFLPA', 'alias', 80),
    ('CN_MOFCOM_ECL', 'alias', 130), ('CN_MOFCOM_UEL', 'alias', 50), ('CN_MOFCOM_AL', 'alias', 40)
) AS lists(list_code, name_kind, names)
CROSS JOIN range(16000) AS r(i)
WHERE i < names;

-- trip too_few_rows
DELETE FROM {mart} WHERE list_code = 'US_OFAC_SDN' AND name_kind = 'alias' AND entry_key >= 'entry/6';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(5) WHERE name_kind = 'alias' AND entry_key > 'entry/1';

-- trip name_garbled: names not told apart
UPDATE {mart} SET name = 'A | B' WHERE entry_key = 'entry/7' AND list_code = 'US_BIS_EL';

-- trip name_garbled: punctuation of the list
UPDATE {mart} SET name = 'A;' WHERE entry_key = 'entry/7' AND list_code = 'US_BIS_EL';

-- trip primary_unlike_entry
UPDATE {mart} SET name = 'Another party' WHERE entry_key = 'el/3000' AND name_kind = 'primary';

-- trip primary_unlike_entry: an entry without a name
DELETE FROM {mart} WHERE entry_key = 'el/3000';

-- trip kinds_missing: no former names
UPDATE {mart} SET name_kind = 'alias' WHERE name_kind = 'former' AND list_code = 'US_OFAC_CONS';

-- trip kinds_missing: a list's aliases gone
DELETE FROM {mart} WHERE list_code = 'CN_MOFCOM_AL' AND name_kind = 'alias';
