-- Trips of the release suite core.dim_document: orders of one year, a rule known by citation, a text known by address.

-- good
INSERT INTO {mart} BY NAME
SELECT
    '2024-0' || (1000 + i) AS document_id,
    '2024-0' || (1000 + i) AS document_number,
    'Executive Order' AS document_subtype,
    'An order' AS document_title,
    DATE '2024-03-01' AS signed_on,
    DATE '2024-03-05' AS published_on,
    '89 FR ' || (14388 + i) AS register_citation,
    '13' || (100 + i) AS presidential_number,
    'an-order-' || i AS text_id
FROM range(1200) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    '2025-06063' AS document_id,
    '2025-06063' AS document_number,
    'Executive Order' AS document_subtype,
    'Regulating Imports' AS document_title,
    DATE '2025-04-02' AS signed_on,
    DATE '2025-04-07' AS published_on,
    '14257' AS presidential_number,
    DATE '2025-04-05' AS first_bite_on;
INSERT INTO {mart} BY NAME
SELECT '87 FR 74966' AS document_id, 'A rule' AS document_title, DATE '2022-12-07' AS published_on;
INSERT INTO {mart} BY NAME
SELECT 'a-letter' AS document_id, 'A letter' AS document_title, DATE '2022-08-04' AS signed_on;

-- trip too_few_rows
DELETE FROM {mart} WHERE document_id > '2024-02100' AND document_id < '2024-03';

-- trip too_many_rows
INSERT INTO {mart} BY NAME
SELECT t.* REPLACE (NULL AS text_id, NULL AS presidential_number) FROM {mart} AS t CROSS JOIN range(17);

-- trip document_unnamed
UPDATE {mart} SET document_title = NULL WHERE document_id = '2024-01010';

-- trip document_unnamed: another number
UPDATE {mart} SET document_number = '2024-99999' WHERE document_id = '2024-01010';

-- trip day_missing
UPDATE {mart} SET published_on = NULL WHERE document_id = '87 FR 74966';

-- trip days_out_of_order
UPDATE {mart} SET signed_on = published_on + 1 WHERE document_id = '2024-01010';

-- trip days_out_of_order: before the Register's numbers
UPDATE {mart} SET published_on = DATE '1990-01-01' WHERE document_id = '87 FR 74966';

-- trip citation_misshapen
UPDATE {mart} SET register_citation = '89 F.R. 1' WHERE document_id = '2024-01010';

-- trip order_numbered_twice
UPDATE {mart} SET presidential_number = '13101' WHERE document_id = '2024-01010';

-- trip text_used_twice
UPDATE {mart} SET text_id = 'an-order-1' WHERE document_id = '2024-01010';

-- trip order_14257_lost
UPDATE {mart} SET first_bite_on = NULL WHERE document_id = '2025-06063';
