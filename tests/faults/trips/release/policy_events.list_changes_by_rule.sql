-- Trips of the release suite policy_events.list_changes_by_rule: forty rules that agree with their abstracts, one
-- that does
-- not and is explained, and others without numbers.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US_BIS_EL' AS list_code, '88 FR ' || i AS rule_citation, DATE '2023-05-22' AS published_on, 71 AS added_count,
    71 AS added_heading_count, 71 AS added_entity_count, 71 AS stated_entity_count, 71 AS stated_heading_count,
    'exact' AS agreement
FROM range(40) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'US_BIS_EL' AS list_code, '87 FR 34154' AS rule_citation, DATE '2022-06-06' AS published_on, 71 AS added_count,
    71 AS added_heading_count, 70 AS added_entity_count, 71 AS stated_entity_count, 71 AS stated_heading_count,
    'differs' AS agreement, 'One name under two headings.' AS count_explanation;
INSERT INTO {mart} BY NAME
SELECT 'US_BIS_EL' AS list_code, '84 FR ' || i AS rule_citation, DATE '2019-05-21' AS published_on,
    'not_stated' AS agreement
FROM range(120) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE published_on < DATE '2020-01-01';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (rule_citation || n AS rule_citation)
FROM {mart} AS t CROSS JOIN range(3) AS r(n)
WHERE agreement = 'not_stated';

-- trip agreement
UPDATE {mart} SET agreement = 'differs', count_explanation = 'Said.' WHERE rule_citation IN ('88 FR 1', '88 FR 2');

-- trip unexplained
UPDATE {mart} SET count_explanation = NULL WHERE agreement = 'differs';

-- trip rules_with_counts
DELETE FROM {mart} WHERE rule_citation IN ('88 FR 1', '88 FR 2', '88 FR 3', '88 FR 4', '88 FR 5');

-- trip agreement_misjudged
UPDATE {mart} SET added_heading_count = 70 WHERE rule_citation = '88 FR 1';

-- trip agreement_misjudged: a number that nobody stated
UPDATE {mart} SET stated_entity_count = NULL WHERE rule_citation = '88 FR 1';

-- trip agreement_misjudged: entities, where the abstract prints both
INSERT INTO {mart} BY NAME
SELECT 'US_BIS_EL' AS list_code, '88 FR 70352' AS rule_citation, DATE '2023-10-11' AS published_on, 52 AS added_count,
    52 AS added_heading_count, 48 AS added_entity_count, 49 AS stated_entity_count, 52 AS stated_heading_count,
    'exact' AS agreement;
