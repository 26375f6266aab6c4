-- Trips of the release suite core.fct_list_link: 1,999 parties of the Entity List that OFAC lists too, a pair judged by
-- hand to be two parties, and a doubtful one.

-- good
INSERT INTO {mart}
SELECT 'US_BIS_EL', 'el/' || i, 'US_OFAC_SDN', 'US_OFAC_SDN/' || i, 0.95, 'name', 'name: party', 'followed', 'rule'
FROM range(1999) AS r(i);
INSERT INTO {mart} VALUES
('US_BIS_EL', 'el/2000', 'US_OFAC_SDN', 'US_OFAC_SDN/2001', 0, 'name', 'Two companies.', 'forbidden', 'override'),
('US_BIS_EL', 'el/2002', 'US_OFAC_SDN', 'US_OFAC_SDN/2003', 0.65, 'name', 'name: party', 'doubtful', 'rule');

-- trip too_few_rows
DELETE FROM {mart} WHERE entry_key_a < 'el/15';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(5);

-- trip score_unlike_verdict: followed though far apart
UPDATE {mart} SET match_score = 0.7 WHERE entry_key_a = 'el/7';

-- trip score_unlike_verdict: reported though near
UPDATE {mart} SET verdict = 'doubtful' WHERE entry_key_a = 'el/7';

-- trip score_unlike_verdict: forbidden by nobody
UPDATE {mart} SET decided_by = 'rule', match_score = 0.65 WHERE verdict = 'forbidden';

-- trip pair_out_of_order: an entry linked to itself
UPDATE {mart} SET list_code_a = 'US_OFAC_SDN', entry_key_a = entry_key_b WHERE entry_key_a = 'el/7';

-- trip entry_unknown
UPDATE {mart} SET entry_key_a = 'el/x' WHERE entry_key_a = 'el/7';

-- trip entry_unknown: the other side
UPDATE {mart} SET entry_key_b = 'US_OFAC_SDN/x' WHERE entry_key_a = 'el/7';

-- trip party_unlike_link
UPDATE {mart} SET verdict = 'through' WHERE verdict = 'doubtful';

-- trip forbidden_all_the_same
UPDATE {mart} SET entry_key_b = 'US_OFAC_SDN/2000' WHERE verdict = 'forbidden';
