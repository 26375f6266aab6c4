-- Trips of the landing suite federal_register_text__notices.

-- good
INSERT INTO vintages BY NAME SELECT 8 AS row_count;
INSERT INTO landing BY NAME
SELECT
    '2026-' || (11158 + i) AS document_number,
    'notice' AS document_kind,
    'Notice of Determination' AS title,
    DATE '2030-01-01' AS filed_on,
    DATE '2030-01-05' AS comments_open_on,
    DATE '2030-01-29' AS comments_due_on,
    DATE '2030-02-03' AS hearing_on,
    33854 AS first_page,
    33892 AS last_page,
    1 AS table_count,
    1698 AS table_row_count,
    1664 AS listed_number_count,
    8614 AS word_count,
    repeat('5e', 32) AS text_sha256
FROM range(8) AS r(i);

-- trip document_number_missing
UPDATE landing SET document_number = NULL WHERE document_number = '2026-11160';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE document_number = '2026-11160';

-- trip document_number_misshapen
UPDATE landing SET document_number = '11160' WHERE document_number = '2026-11160';

-- trip kind_unknown
UPDATE landing SET document_kind = 'letter' WHERE document_number = '2026-11160';

-- trip title_missing
UPDATE landing SET title = NULL WHERE document_number = '2026-11160';

-- trip filed_out_of_time: after publication
UPDATE landing SET filed_on = known_from + 1 WHERE document_number = '2026-11160';

-- trip filed_out_of_time: long before
UPDATE landing SET filed_on = known_from - 91 WHERE document_number = '2026-11160';

-- trip days_out_of_order: due before open
UPDATE landing SET comments_due_on = comments_open_on - 1 WHERE document_number = '2026-11160';

-- trip days_out_of_order: hearing before the text
UPDATE landing SET hearing_on = filed_on - 1 WHERE document_number = '2026-11160';

-- trip pages_out_of_order
UPDATE landing SET last_page = first_page - 1 WHERE document_number = '2026-11160';

-- trip counts_out_of_range: more numbers than rows
UPDATE landing SET listed_number_count = table_row_count + 1 WHERE document_number = '2026-11160';

-- trip counts_out_of_range: no words
UPDATE landing SET word_count = 99 WHERE document_number = '2026-11160';

-- trip fingerprint_misshapen
UPDATE landing SET text_sha256 = '5e' WHERE document_number = '2026-11160';
