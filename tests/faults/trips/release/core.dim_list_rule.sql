-- Trips of the release suite core.dim_list_rule: five rules anybody can read, and many others.

-- good
INSERT INTO {mart} BY NAME
SELECT
    '85 FR ' || (100 + i) AS rule_citation,
    'Addition No. ' || i || ' to the Entity List' AS title,
    '2020-1' || (1000 + i) AS document_number,
    DATE '2020-03-16' AS published_on,
    DATE '2020-03-16' AS effective_on,
    24 AS stated_entity_count,
    26 AS stated_entry_count,
    26 AS stated_destination_count,
    1 AS stated_removed_count
FROM range(300) AS r(i);
INSERT INTO {mart} BY NAME
SELECT * FROM (VALUES
    ('87 FR 20295', '2022-07284', DATE '2022-04-07', 120, 120), ('87 FR 60064', '2022-21520', DATE '2022-10-04',
    57, 57),
    ('88 FR 32640', '2023-10684', DATE '2023-05-22', 71, NULL), ('88 FR 70352', '2023-22536', DATE '2023-10-11',
    49, 52),
    ('88 FR 71991', '2023-23048', DATE '2023-10-19', 13, NULL)
) AS v(rule_citation, document_number, published_on, stated_entity_count, stated_entry_count);

-- trip too_few_rows
DELETE FROM {mart} WHERE rule_citation > '85 FR 2' AND rule_citation < '86';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* REPLACE (NULL AS document_number) FROM {mart} AS t CROSS JOIN range(2);

-- trip published_missing_or_out_of_time
UPDATE {mart} SET published_on = NULL WHERE rule_citation = '85 FR 110';

-- trip published_missing_or_out_of_time: before the list
UPDATE {mart} SET published_on = DATE '1996-12-31', effective_on = NULL WHERE rule_citation = '85 FR 110';

-- trip effective_out_of_time
UPDATE {mart} SET effective_on = DATE '2023-03-16' WHERE rule_citation = '85 FR 110';

-- trip document_twice
UPDATE {mart} SET document_number = '2020-11011' WHERE rule_citation = '85 FR 110';

-- trip counts_incoherent: more entities than entries
UPDATE {mart} SET stated_entity_count = 27 WHERE rule_citation = '85 FR 110';

-- trip counts_incoherent: destinations
UPDATE {mart} SET stated_destination_count = 25 WHERE rule_citation = '85 FR 110';

-- trip known_counts
UPDATE {mart} SET stated_entity_count = 50 WHERE document_number = '2023-22536';

-- trip rule_twice: by its page and by its number
INSERT INTO {mart} BY NAME
SELECT '2020-31' AS rule_citation, '2020-31' AS document_number, DATE '2020-03-16' AS published_on,
    'Additions No 7 to the Entity List' AS title;

-- trip rule_twice: a misprinted page
INSERT INTO {mart} BY NAME
SELECT '85 FR 108' AS rule_citation, DATE '2020-03-15' AS published_on, 'Additions No. 7 to the Entity List' AS title;
