-- Trips of the release suite policy_events.reversal_survival: 120 runs of one office, one reversed a day.

-- good
INSERT INTO {mart}
SELECT issuer, authority, administration, i + 1, 120 - i, 1, 0, (119 - i) / 120
FROM range(120) AS r(i)
CROSS JOIN (VALUES ('ALL'), ('President')) AS issuers(issuer)
CROSS JOIN (VALUES ('ALL'), ('IEEPA')) AS authorities(authority)
CROSS JOIN (VALUES ('ALL'), ('Trump second')) AS administrations(administration);

-- trip too_few_rows
DELETE FROM {mart} WHERE issuer = 'President' AND (authority = 'ALL' OR administration = 'ALL');

-- trip too_many_rows
INSERT INTO {mart}
SELECT t.* REPLACE ('Office ' || i AS issuer) FROM {mart} AS t CROSS JOIN range(90) AS r(i)
WHERE issuer = 'President' AND authority = 'ALL';

-- trip survival_rises
UPDATE {mart} SET survival_share = 0.95 WHERE issuer = 'President' AND authority = 'ALL' AND days = 3;

-- trip at_risk_unlike_counts with survival_rises
UPDATE {mart} SET at_risk_count = 11 WHERE issuer = 'President' AND authority = 'ALL' AND days = 1;

-- trip at_risk_unlike_counts: nothing happened on the day
INSERT INTO {mart} VALUES
    ('President', 'ALL', 'Biden', 5, 1, 0, 0, 1.0), ('President', 'ALL', 'Biden', 6, 1, 0, 1, 1.0);

-- trip parts_unlike_all
INSERT INTO {mart} VALUES ('President', 'S232', 'Biden', 5, 1, 0, 1, 1.0);
