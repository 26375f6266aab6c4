-- Trips of the release suite core.fct_action_provision: a provision of every act that the good release has.

-- good
INSERT INTO {mart} BY NAME
SELECT
    action_id, 'whole' AS provision_id, 'All of it' AS what, 'tighten' AS direction, DATE '2025-06-04' AS effective_on,
    'clause 1' AS citation
FROM (
    SELECT 'US-FR-' || i AS action_id FROM range(100) AS r(i)
    UNION ALL
    SELECT *
    FROM (VALUES
        ('US-PROC-9705'), ('US-EO-14257'), ('US-PROC-10947'), ('US-EO-14326'), ('US-EO-14389'), ('US-PROC-11012'),
        ('US-FR-2018-13248'), ('US-EO-14195'), ('US-EO-14266'), ('US-EO-14298'), ('CN-CTC-2025-2')
    )
);
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-1' AS action_id, 'step-' || i AS provision_id, 'A step' AS what, 'tighten' AS direction,
    DATE '2025-06-04' AS effective_on, DATE '2025-07-01' AS expires_on, 'clause 2' AS citation
FROM range(60) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE starts_with(provision_id, 'step-');

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(120) WHERE starts_with(provision_id, 'step-');

-- trip act_unknown
UPDATE {mart} SET action_id = 'US-NOBODY' WHERE provision_id = 'step-1';

-- trip without_provision
DELETE FROM {mart} WHERE action_id = 'US-FR-2';

-- trip dates_out_of_order: ends on its first day
UPDATE {mart} SET expires_on = effective_on WHERE provision_id = 'step-1';

-- trip dates_out_of_order: confirmed before its day
UPDATE {mart} SET confirmed_on = DATE '2025-06-03' WHERE provision_id = 'step-1';
