-- Trips of the release suite core.fct_list_restatement: first editions, and some entries printed otherwise.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US_OFAC_SDN' AS list_code,
    'sdn/' || i AS entry_key,
    DATE '2018-12-19' AS edition_on,
    'in' AS direction,
    'first_edition' AS reason
FROM range(15000) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'US_BIS_EL' AS list_code,
    'el/' || i AS entry_key,
    DATE '2023-12-07' AS edition_on,
    direction,
    reason
FROM range(50) AS r(i)
CROSS JOIN (VALUES
    ('in', 'older_rule'), ('out', 'other_heading'), ('in', 'other_country'), ('out', 'other_country')
) AS w(direction, reason);

-- trip too_few_rows
DELETE FROM {mart} WHERE entry_key < 'sdn/5' AND list_code = 'US_OFAC_SDN';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(4) WHERE reason = 'first_edition';

-- trip opening_not_in_first_edition
UPDATE {mart} SET edition_on = DATE '2021-08-24' WHERE entry_key = 'sdn/7';

-- trip direction_unlike_reason
UPDATE {mart} SET direction = 'out' WHERE entry_key = 'el/7' AND reason = 'older_rule';

-- trip country_moves_unpaired
DELETE FROM {mart} WHERE entry_key = 'el/7' AND reason = 'other_country' AND direction = 'in';

-- trip too_much_restated
INSERT INTO {mart} BY NAME
SELECT t.* FROM {mart} AS t CROSS JOIN range(14) WHERE list_code = 'US_BIS_EL' AND reason = 'older_rule';
