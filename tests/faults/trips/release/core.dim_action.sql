-- Trips of the release suite core.dim_action: 100 notices, and the acts whose days are known.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-' || i AS action_id,
    'A notice' AS title,
    'An agency' AS issuer,
    'S232' AS authority,
    'US' AS issuer_country,
    'tariff' AS instrument,
    'notice' AS document_kind,
    'tighten' AS direction,
    DATE '2025-01-01' + CAST(i AS INTEGER) AS published_on,
    DATE '2025-01-01' + CAST(i AS INTEGER) AS known_on,
    'Text of the notice' AS evidence
FROM range(100) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    *,
    signed_on AS known_on,
    'An act' AS title,
    'President' AS issuer,
    'US' AS issuer_country,
    'An authority' AS authority,
    'tariff' AS instrument,
    'tighten' AS direction,
    'Text of the act' AS evidence
FROM (VALUES
    ('US-PROC-9705', 'proclamation', DATE '2018-03-08', DATE '2018-03-15'),
    ('US-EO-14257', 'executive order', DATE '2025-04-02', DATE '2025-04-07'),
    ('US-PROC-10947', 'proclamation', DATE '2025-06-03', DATE '2025-06-09'),
    ('US-EO-14326', 'executive order', DATE '2025-07-31', DATE '2025-08-06'),
    ('US-EO-14389', 'executive order', DATE '2026-02-20', DATE '2026-02-25'),
    ('US-PROC-11012', 'proclamation', DATE '2026-02-20', DATE '2026-02-25')
) AS acts(action_id, document_kind, signed_on, published_on);

-- trip too_few_rows
DELETE FROM {mart} WHERE document_kind = 'notice' AND published_on > DATE '2025-02-20';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(16) WHERE document_kind = 'notice';

-- trip unnamed
UPDATE {mart} SET title = ' ' WHERE action_id = 'US-FR-1';

-- trip unnamed: nobody says where it was read
UPDATE {mart} SET evidence = NULL WHERE action_id = 'US-FR-1';

-- trip unnamed: neither way
UPDATE {mart} SET direction = 'sideways' WHERE action_id = 'US-FR-1';

-- trip undated: nobody says when it was public
UPDATE {mart} SET known_on = NULL WHERE action_id = 'US-FR-1';

-- trip dates_out_of_order: signed before it was announced
UPDATE {mart} SET announced_on = DATE '2025-04-03' WHERE action_id = 'US-EO-14257';

-- trip dates_out_of_order: published before it was signed
UPDATE {mart} SET published_on = DATE '2025-04-01' WHERE action_id = 'US-EO-14257';

-- trip known_days: another day
UPDATE {mart} SET signed_on = DATE '2018-03-01' WHERE action_id = 'US-PROC-9705';

-- trip known_days: an act is gone
DELETE FROM {mart} WHERE action_id = 'US-EO-14389';
