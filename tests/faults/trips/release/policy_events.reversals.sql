-- Trips of the release suite policy_events.reversals: one act's steps suspended, and a threat withdrawn.

-- good
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-1' AS action_id, 'step-' || i AS provision_id, 1 AS reversal_number, 'US-EO-14257' AS reversed_by_action_id,
    'suspended' AS reversal_kind, 'tighten' AS direction, DATE '2025-06-04' AS started_on,
    DATE '2025-06-14' AS reversed_on, DATE '2025-06-20' AS returned_on, 10 AS days_in_force, 1.0 AS share_undone,
    FALSE AS is_share_stated, 1 AS chain_length
FROM range(60) AS r(i);
INSERT INTO {mart} BY NAME
SELECT
    'US-FR-2' AS action_id, 'whole' AS provision_id, 1 AS reversal_number, 'withdrawn' AS reversal_kind,
    'tighten' AS direction, DATE '2025-06-04' AS reversed_on, 0 AS days_in_force, 1.0 AS share_undone,
    FALSE AS is_share_stated, 1 AS chain_length;
INSERT INTO {mart} BY NAME
SELECT
    * REPLACE (
        2 AS reversal_number, DATE '2025-06-20' AS started_on, DATE '2025-06-30' AS reversed_on, NULL AS returned_on,
        3 AS chain_length
    )
FROM {mart}
WHERE reversal_kind = 'suspended';
INSERT INTO core.fct_action_provision BY NAME
SELECT 'US-EO-14257' AS action_id, 'country-rates' AS provision_id, 'Rates' AS what, 'tighten' AS direction;
INSERT INTO {mart} BY NAME
SELECT
    'US-EO-14257' AS action_id, 'country-rates' AS provision_id, 1 AS reversal_number,
    'US-EO-14266' AS reversed_by_action_id, 'suspended' AS reversal_kind, 'tighten' AS direction,
    DATE '2025-04-09' AS started_on, DATE '2025-04-10' AS reversed_on, 1 AS days_in_force, 1.0 AS share_undone,
    FALSE AS is_share_stated, 1 AS chain_length;

-- trip too_few_rows
DELETE FROM {mart} WHERE reversal_number = 2;

-- trip known_reversals
UPDATE {mart} SET started_on = DATE '2025-04-05', days_in_force = 5 WHERE action_id = 'US-EO-14257';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(80);

-- trip provision_unknown
UPDATE {mart} SET provision_id = 'no-such' WHERE provision_id = 'step-1';

-- trip act_unknown
UPDATE {mart} SET reversed_by_action_id = 'US-NOBODY' WHERE provision_id = 'step-1';

-- trip days_unlike_dates
UPDATE {mart} SET days_in_force = 11 WHERE provision_id = 'step-1';

-- trip days_unlike_dates: back before it went
UPDATE {mart} SET returned_on = DATE '2025-06-13' WHERE provision_id = 'step-1';

-- trip days_unlike_dates: withdrawn though it was in force
UPDATE {mart} SET reversal_kind = 'withdrawn' WHERE provision_id = 'step-1';

-- trip share_out_of_range
UPDATE {mart} SET share_undone = 1.2 WHERE provision_id = 'step-1';

-- trip share_out_of_range: stated and missing
UPDATE {mart} SET share_undone = NULL, is_share_stated = TRUE WHERE provision_id = 'step-1';

-- trip chain_out_of_step
UPDATE {mart} SET chain_length = 2 WHERE provision_id = 'step-1';
