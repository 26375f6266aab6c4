-- Trips of the landing suite federal_register_text__mentions.

-- good
INSERT INTO vintages BY NAME SELECT 8 AS row_count;
INSERT INTO landing BY NAME
SELECT
    '2026-' || (11158 + i) AS document_number,
    unnest(['act', 'statute', 'day_named', 'order_of_day', 'heading', 'docket']) AS mention_kind,
    unnest(['EO 14257', 'IEEPA', '2025-04-05', '2025-02-01', '9903.01.25', 'USTR-2026-0331']) AS mention,
    2 AS mentioned_times
FROM range(20) AS r(i);

-- trip text_missing
UPDATE landing SET document_number = NULL WHERE mention = 'EO 14257';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE mention = 'EO 14257';

-- trip kind_unknown
UPDATE landing SET mention_kind = 'sentence' WHERE mention_kind = 'docket';

-- trip act_misshapen
UPDATE landing SET mention = 'the order' WHERE mention_kind = 'act';

-- trip day_misshapen
UPDATE landing SET mention = '5 April 2025' WHERE mention_kind = 'day_named';

-- trip day_misshapen: another century
UPDATE landing SET mention = '1862-04-05' WHERE mention_kind = 'order_of_day';

-- trip number_misshapen
UPDATE landing SET mention = '9903-01' WHERE mention_kind = 'heading';

-- trip words_kept
UPDATE landing SET mention = 'Open to comments for a month' WHERE mention_kind = 'docket';

-- trip times_out_of_range
UPDATE landing SET mentioned_times = 0 WHERE mention_kind = 'docket';
