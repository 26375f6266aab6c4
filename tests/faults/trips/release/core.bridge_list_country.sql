-- Trips of the release suite core.bridge_list_country: the heading of every good statement of core.fct_list_entry that
-- has a country, an address beside it, and parties under China with an address in Hong Kong.

-- good
INSERT INTO {mart} BY NAME
SELECT
    list_code,
    CASE list_code WHEN 'US_BIS_EL' THEN 'el/' ELSE list_code || '/' END || i AS entry_key,
    CASE WHEN i % 3 = 0 THEN 'CN' ELSE 'MX' END AS country_code,
    basis,
    valid_from,
    valid_to,
    known_from,
    known_to
FROM (VALUES
    ('US_BIS_EL', DATE '2019-05-21', DATE '9999-12-31', DATE '2025-12-31', DATE '9999-12-31', 3200),
    ('US_BIS_EL', DATE '2019-05-21', DATE '9999-12-31', DATE '2024-12-31', DATE '2025-12-31', 1000),
    ('US_BIS_EL', DATE '2019-05-21', DATE '2025-12-31', DATE '2025-12-31', DATE '9999-12-31', 1000),
    ('US_OFAC_SDN', DATE '2018-12-19', DATE '9999-12-31', DATE '2024-05-03', DATE '9999-12-31', 16000),
    ('US_OFAC_CONS', DATE '2024-05-03', DATE '9999-12-31', DATE '2024-05-03', DATE '9999-12-31', 400),
    ('US_BIS_DPL', DATE '2010-01-01', DATE '2056-06-29', DATE '2024-05-03', DATE '9999-12-31', 400)
) AS states(list_code, valid_from, valid_to, known_from, known_to, entries)
CROSS JOIN range(16000) AS r(i)
CROSS JOIN (VALUES ('heading'), ('address')) AS bases(basis)
WHERE i < entries;
INSERT INTO {mart} BY NAME
SELECT * REPLACE ('HK' AS country_code)
FROM {mart}
WHERE
    list_code = 'US_BIS_EL' AND country_code = 'CN' AND basis = 'address' AND known_from = DATE '2025-12-31'
    AND entry_key < 'el/2';

-- trip too_few_rows
DELETE FROM {mart} WHERE basis = 'address' AND country_code <> 'HK';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(3) WHERE list_code = 'US_OFAC_SDN';

-- trip country_code_misshapen: a part of a country
UPDATE {mart} SET country_code = 'UA-43' WHERE entry_key = 'el/3000' AND basis = 'address';

-- trip heading_unlike_entry
UPDATE {mart} SET country_code = 'FR' WHERE entry_key = 'el/3000' AND basis = 'heading';

-- trip heading_unlike_entry: none
DELETE FROM {mart} WHERE entry_key = 'el/3000' AND basis = 'heading';

-- trip hong_kong_lost: counted as China
UPDATE {mart} SET country_code = 'CN' WHERE country_code = 'HK';

-- trip hong_kong_lost: a heading again
INSERT INTO {mart} BY NAME
SELECT * REPLACE ('heading' AS basis) FROM {mart} WHERE country_code = 'HK' AND valid_to = DATE '9999-12-31' LIMIT 1;
