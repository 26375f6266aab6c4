-- Trips of the release suite provenance.unreviewed_documents: three documents that wait.

-- good
INSERT INTO {mart} BY NAME
SELECT
    '2024-0' || (1000 + i) AS document_id,
    '2024-0' || (1000 + i) AS document_number,
    DATE '2024-03-05' AS published_on,
    'An order' AS title,
    'entity-list' AS scope_rule,
    2 AS scope_rule_count
FROM range(3) AS r(i);

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(200);

-- trip document_unknown
UPDATE {mart} SET document_id = 'nowhere', document_number = NULL WHERE document_id = '2024-01001';

-- trip covered_by_an_act
UPDATE {mart} SET document_number = '2025-0777' WHERE document_id = '2024-01001';

-- trip unscoped
UPDATE {mart} SET scope_rule = NULL WHERE document_id = '2024-01001';

-- trip before_2018
UPDATE {mart} SET published_on = DATE '2017-12-31' WHERE document_id = '2024-01001';
