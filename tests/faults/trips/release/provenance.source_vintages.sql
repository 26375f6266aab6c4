-- Trips of the release suite provenance.source_vintages: a vintage of each source, and a hundred editions.

-- good
INSERT INTO {mart} BY NAME
SELECT
    *, 'v1' AS vintage_id, DATE '2025-01-01' AS known_from, 'day' AS known_precision, 0 AS sequence,
    'accepted' AS status, 'whole list' AS scope, repeat('0', 64) AS sha256, 10 AS row_count,
    'public domain' AS licence
FROM (VALUES
    ('bis_denied_persons', 'entries'), ('ofac_sdn', 'entries'),
    ('bis_entity_list', 'entries'), ('census_exports', 'flows'), ('census_import_concordance', 'products'),
    ('census_imports', 'flows'), ('census_schedule_c', 'partners'), ('iso_countries', 'countries'),
    ('usgs_minerals', 'products'), ('usitc_hts', 'lines'), ('toys', 'list')
) AS things(source, thing);
INSERT INTO {mart} SELECT t.* REPLACE ('v' || (i + 2) AS vintage_id)
FROM {mart} AS t CROSS JOIN range(100) AS r(i) WHERE source = 'usitc_hts';

-- trip too_few_rows
DELETE FROM {mart} WHERE length(vintage_id) = 3;

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(2);

-- trip nothing_accepted
UPDATE {mart} SET status = 'refused', reason = 'a rule tripped' WHERE source = 'toys';

-- trip source_missing
DELETE FROM {mart} WHERE source = 'iso_countries';

-- trip status_unknown
UPDATE {mart} SET status = 'candidate' WHERE vintage_id = 'v9';

-- trip reason_missing
UPDATE {mart} SET status = 'withdrawn' WHERE vintage_id = 'v9';

-- trip identity_misshapen
UPDATE {mart} SET sha256 = 'unknown' WHERE vintage_id = 'v9';

-- trip identity_misshapen: no licence
UPDATE {mart} SET licence = NULL WHERE vintage_id = 'v9';

-- trip known_in_future: a digit of the year is wrong
UPDATE {mart} SET known_from = DATE '2925-01-01' WHERE vintage_id = 'v9';
