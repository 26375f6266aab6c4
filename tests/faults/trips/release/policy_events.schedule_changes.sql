-- Trips of the release suite policy_events.schedule_changes: the steps of Section 301, one change of an edition
-- with markup, and 30,000 lines added.

-- good
INSERT INTO {mart} BY NAME
SELECT
    changes.revision, editions.previous_revision, editions.released_on, htsno, change_type, old_general, new_general,
    true AS is_chapter_99, change_type = 'rate_changed' AS is_rate_changed
FROM (VALUES
    ('2019_rev_1', '9903.88.03', 'added', NULL, 'The duty in the subheading + 10%'),
    ('2019_rev_7', '9903.88.03', 'rate_changed', 'The duty in the subheading + 10%',
        'The duty in the subheading + 25%'),
    ('2019_rev_15', '9903.88.15', 'added', NULL, 'The duty in the subheading + 15%'),
    ('2020_rev_10', '9903.88.15', 'rate_changed', 'The duty in the subheading + 15%',
        'The duty in the subheading + 7.5%'),
    ('2020_rev_10', '9903.88.16', 'removed', 'The duty in the subheading + 15%', NULL)
) AS changes(revision, htsno, change_type, old_general, new_general)
JOIN core.dim_schedule_edition AS editions USING (revision);
INSERT INTO {mart} BY NAME
SELECT
    revision, previous_revision, released_on, 'line ' || i AS htsno, 'added' AS change_type, 'Free' AS new_general,
    false AS is_chapter_99, false AS is_rate_changed
FROM range(30000) AS r(i) CROSS JOIN core.dim_schedule_edition WHERE revision = '2025_rev_4';
INSERT INTO {mart} BY NAME
SELECT
    revision, previous_revision, released_on, 'changed' AS htsno, 'rate_changed' AS change_type, '1%' AS old_general,
    '2%' AS new_general, false AS is_chapter_99, true AS is_rate_changed
FROM core.dim_schedule_edition WHERE revision = '2025_rev_4';

-- trip too_few_rows
DELETE FROM {mart} WHERE revision = '2025_rev_4' AND htsno BETWEEN 'line 1' AND 'line 12';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(2) WHERE change_type = 'added';

-- trip section_301_history: the step of revision 7 is not seen
DELETE FROM {mart} WHERE revision = '2019_rev_7';

-- trip section_301_history: compared with the wrong edition
UPDATE {mart} SET old_general = 'The duty in the subheading + 25%'
WHERE revision = '2020_rev_10' AND htsno = '9903.88.15';

-- trip markup_taken_for_change
UPDATE {mart} SET change_type = 'rate_changed', is_rate_changed = true, old_general = '$1/m<sup>3</sup>'
WHERE revision = '2025_rev_4' AND htsno BETWEEN 'line 1' AND 'line 1002';

-- trip edition_unknown
UPDATE {mart} SET previous_revision = 'edition_0' WHERE htsno = 'changed';

-- trip change_unlike_rates: nothing changed
UPDATE {mart} SET new_general = old_general WHERE htsno = 'changed';

-- trip change_unlike_rates: what was added had a rate
UPDATE {mart} SET old_special = 'Free (AU)' WHERE htsno = 'line 1';

-- trip change_unlike_rates: what was removed still has one
UPDATE {mart} SET new_other = '35%' WHERE htsno = '9903.88.16';
