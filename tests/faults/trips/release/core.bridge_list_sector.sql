-- Trips of the release suite core.bridge_list_sector: every third entry of the Entity List in electronics, and
-- others.

-- good
INSERT INTO {mart} BY NAME
SELECT 'US_BIS_EL' AS list_code, 'el/' || i AS entry_key, 'electronics' AS sector_name FROM range(1000) AS r(i);
INSERT INTO {mart} BY NAME
SELECT 'US_OFAC_SDN' AS list_code, 'US_OFAC_SDN/' || i AS entry_key, 'energy' AS sector_name FROM range(3000) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE list_code = 'US_OFAC_SDN' AND entry_key > 'US_OFAC_SDN/1';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE ('sector ' || n AS sector_name) FROM {mart} AS t CROSS JOIN range(4) AS r(n);

-- trip sector_blank
UPDATE {mart} SET sector_name = ' ' WHERE entry_key = 'el/7';

-- trip one_sector_takes_all
INSERT INTO {mart} SELECT 'US_BIS_EL', 'el/' || i, 'electronics' FROM range(1000, 2000) AS r(i);
