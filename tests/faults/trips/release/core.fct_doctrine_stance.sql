-- Trips of the release suite core.fct_doctrine_stance: eleven items of two strategies.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'item_' || i AS item, 'An item' AS item_name, strategy_year, 'An administration' AS administration,
    'maintain' AS stance_code, 'As before.' AS summary, 'part I' AS citation
FROM range(11) AS r(i)
CROSS JOIN (VALUES (2022), (2025)) AS years(strategy_year);

-- trip too_few_rows
DELETE FROM {mart} WHERE item = 'item_1';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(11);

-- trip one_strategy_only
UPDATE {mart} SET item = 'item_99' WHERE item = 'item_1' AND strategy_year = 2025;

-- trip without_citation
UPDATE {mart} SET citation = ' ' WHERE item = 'item_1' AND strategy_year = 2025;
