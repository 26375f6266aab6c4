-- Trips of the release suite core.fct_content_share: a line of each metal, and 1,500 more.

-- good
INSERT INTO {mart} BY NAME
SELECT hts10, content, content_share, 'A-S232-40' AS assumption_id
FROM (VALUES
    ('8418210010', 'steel', 0.103), ('9403200050', 'aluminum', 0.131), ('8544429000', 'copper', 0.491)
) AS shares(hts10, content, content_share);
INSERT INTO {mart} BY NAME
SELECT
    CAST(7300000000 + i AS VARCHAR) AS hts10, 'steel' AS content, 1.0 AS content_share, 'A-S232-10' AS assumption_id
FROM range(1500) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE hts10 LIKE '73%' AND hts10 > '7300000100';

-- trip too_many_rows
INSERT INTO {mart} BY NAME
SELECT CAST(8400000000 + i AS VARCHAR) AS hts10, 'steel' AS content, 0.1 AS content_share FROM range(11000) AS r(i);

-- trip share_out_of_bounds
UPDATE {mart} SET content_share = 1.8 WHERE content = 'copper';

-- trip content_unknown
UPDATE {mart} SET content = 'zinc' WHERE hts10 = '8418210010';

-- trip line_misshapen: prefixes were not resolved
UPDATE {mart} SET hts10 = '84182100' WHERE hts10 = '8418210010';

-- trip metal_missing
DELETE FROM {mart} WHERE content = 'copper';
