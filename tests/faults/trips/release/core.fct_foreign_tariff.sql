-- Trips of the release suite core.fct_foreign_tariff: China's lists line by line, and lines of Canada's.

-- good
INSERT INTO core.dim_action BY NAME
SELECT
    action_id, 'An act' AS title, 'An office' AS issuer, 'US' AS issuer_country, 'S232' AS authority,
    'tariff' AS instrument, 'tighten' AS direction, DATE '2025-03-01' AS known_on,
    DATE '2025-03-01' AS published_on, 'Text of the act' AS evidence
FROM (VALUES ('CN-CTC-2025-2')) AS acts(action_id)
WHERE action_id NOT IN (SELECT action_id FROM core.dim_action);
INSERT INTO {mart}
SELECT
    'CN', '1220', 'a_programme', lists.tariff_list, CAST(10000000 + i AS VARCHAR), lists.rate, 'CN-CTC-2025-2', 'annex',
    lists.valid_from, lists.valid_to, lists.known_from, lists.known_to
FROM (VALUES
    ('cn_2018_15', 120, 0.15, DATE '2018-04-02', DATE '9999-12-31', DATE '2018-04-01', DATE '9999-12-31'),
    ('cn_2018_25', 8, 0.25, DATE '2018-04-02', DATE '9999-12-31', DATE '2018-04-01', DATE '9999-12-31'),
    ('cn_2025_03_15', 29, 0.15, DATE '2025-03-10', DATE '2025-11-10', DATE '2025-03-04', DATE '9999-12-31'),
    ('cn_2025_03_15', 29, 0.15, DATE '2025-11-10', DATE '9999-12-31', DATE '2025-03-04', DATE '2025-11-05'),
    ('cn_2025_03_10', 711, 0.1, DATE '2025-03-10', DATE '2025-11-10', DATE '2025-03-04', DATE '9999-12-31')
) AS lists(tariff_list, line_count, rate, valid_from, valid_to, known_from, known_to)
INNER JOIN range(711) AS r(i) ON r.i < lists.line_count;
INSERT INTO {mart}
SELECT
    'CA', '1220', 'a_programme', 'a_list', '0105.' || (10 + i // 90) || '.' || (10 + i % 90), 0.25, 'CN-CTC-2025-2',
    'schedule', DATE '2025-03-04', DATE '9999-12-31', DATE '2025-03-04', DATE '9999-12-31'
FROM range(2000) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE issuer = 'CA';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(4) WHERE issuer = 'CA';

-- trip known_lists: a line is lost
DELETE FROM {mart} WHERE tariff_list = 'cn_2025_03_15' AND tariff_code = '10000005';

-- trip known_lists: the end is lost
UPDATE {mart} SET valid_to = DATE '9999-12-31' WHERE tariff_list = 'cn_2025_03_10';

-- trip rate_out_of_bounds
UPDATE {mart} SET rate = 25 WHERE tariff_code = '0105.10.11';

-- trip code_out_of_form
UPDATE {mart} SET tariff_code = '01051011' WHERE tariff_code = '0105.10.11';

-- trip act_unknown
UPDATE {mart} SET action_id = 'CA-ORDER-1' WHERE tariff_code = '0105.10.11';

-- trip target_unknown
UPDATE {mart} SET target_partner_code = '9999' WHERE tariff_code = '0105.10.11';
