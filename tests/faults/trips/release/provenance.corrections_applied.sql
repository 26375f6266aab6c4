-- Trips of the release suite provenance.corrections_applied.

-- good
INSERT INTO {mart}
SELECT 'bis_entity_list', 'entries', 'v1', 'el/' || i, 'citation', '90 FR', '90 FR 1', 'A page is missing', status
FROM range(70) AS r(i) CROSS JOIN (VALUES ('open'), ('closed')) AS states(status);

-- trip too_few_rows
DELETE FROM {mart} WHERE key < 'el/3';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(4);

-- trip nothing_corrected
UPDATE {mart} SET corrected_value = published_value WHERE key = 'el/1';

-- trip vintage_unknown
UPDATE {mart} SET vintage_id = 'v2' WHERE key = 'el/1';

-- trip status_unknown
UPDATE {mart} SET status = 'pending' WHERE key = 'el/1';
