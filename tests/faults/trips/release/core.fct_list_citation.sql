-- Trips of the release suite core.fct_list_citation: entries of the Entity List that cite a rule and are revised
-- by another,
-- and one citation that names none.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US_BIS_EL' AS list_code,
    'el/' || i AS entry_key,
    place AS citation_place,
    citation,
    place = 1 AS is_first,
    CASE WHEN citation = '89 FR 84462' THEN 'unresolved' ELSE 'page' END AS resolution,
    CASE WHEN citation <> '89 FR 84462' THEN citation END AS rule_citation,
    DATE '2023-10-30' AS known_from,
    DATE '9999-12-31' AS known_to
FROM range(7000) AS r(i)
CROSS JOIN (VALUES (1, '87 FR 20295'), (2, '88 FR 32640'), (2, '89 FR 84462')) AS c(place, citation)
WHERE (citation = '89 FR 84462') = (i % 100 = 0) OR place = 1;

-- trip too_few_rows
DELETE FROM {mart} WHERE entry_key > 'el/3';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (entry_key || '/' || n AS entry_key)
FROM {mart} AS t CROSS JOIN range(2) AS r(n);

-- trip first_not_oldest
UPDATE {mart} SET is_first = FALSE WHERE entry_key = 'el/7';

-- trip first_not_oldest: two of them
UPDATE {mart} SET is_first = TRUE WHERE entry_key = 'el/7';

-- trip resolution_without_rule
UPDATE {mart} SET rule_citation = NULL WHERE entry_key = 'el/7' AND is_first;

-- trip rule_unknown
UPDATE {mart} SET rule_citation = '87 FR 1' WHERE entry_key = 'el/7' AND is_first;

-- trip too_many_unresolved
UPDATE {mart} SET resolution = 'unresolved', rule_citation = NULL, citation = '89 FR 84462'
WHERE is_first AND entry_key < 'el/2';

-- trip unresolved_unsaid
UPDATE {mart} SET citation = '89 FR 99702' WHERE resolution = 'unresolved' AND entry_key = 'el/100';
