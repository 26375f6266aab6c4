-- Trips of the landing suite federal_register__documents.

-- good
INSERT INTO vintages BY NAME SELECT 60 AS row_count;
INSERT INTO landing BY NAME
SELECT
    '2024-0' || (1000 + i) AS document_number,
    'Rule' AS document_type,
    'Additions to the Entity List' AS title,
    DATE '2024-02-27' AS published_on,
    DATE '2024-02-23' AS effective_on,
    '89 FR ' || (14388 + i) AS citation,
    89 AS volume,
    14388 + i AS start_page,
    14388 + i AS end_page,
    CASE WHEN i = 20 THEN '2023-27742' END AS corrects_document_number,
    CASE WHEN i = 21 THEN 'R1-2023-28853; R2-2023-28853' END AS corrected_by_numbers,
    CASE WHEN i = 22 THEN '0694-AJ31; 0694-AJ32' END AS regulation_numbers,
    CASE WHEN i = 23 THEN 'amended by EO 14318; see Proc 9704' END AS dispositions
FROM range(60) AS r(i);

-- trip document_number_missing
UPDATE landing SET document_number = NULL WHERE document_number = '2024-01010';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE document_number = '2024-01010';

-- trip document_number_misshapen
UPDATE landing SET document_number = '14389' WHERE document_number = '2024-01010';

-- trip document_type_unknown
UPDATE landing SET document_type = 'Letter' WHERE document_number = '2024-01010';

-- trip published_out_of_time: before the numbers
UPDATE landing SET published_on = DATE '1993-12-31', volume = 58, citation = '58 FR ' || start_page, effective_on = NULL
WHERE document_number = '2024-01010';

-- trip published_out_of_time: after the file
UPDATE landing
SET published_on = known_from + 8, volume = year(known_from + 8) - 1935, effective_on = NULL,
    citation = concat(year(known_from + 8) - 1935, ' FR ', start_page)
WHERE document_number = '2024-01010';

-- trip effective_out_of_time
UPDATE landing SET effective_on = DATE '2042-02-27' WHERE document_number = '2024-01010';

-- trip volume_unlike_year
UPDATE landing SET volume = 88, citation = '88 FR ' || start_page WHERE document_number = '2024-01010';

-- trip pages_out_of_order: ends before it begins
UPDATE landing SET end_page = start_page - 1 WHERE document_number = '2024-01010';

-- trip pages_out_of_order: citation of another page
UPDATE landing SET citation = '89 FR 1' WHERE document_number = '2024-01010';

-- trip title_and_note_missing
UPDATE landing SET title = NULL WHERE document_number = '2024-01010';

-- trip too_many_rows
UPDATE vintages SET row_count = 10001;

-- trip correction_of_itself
UPDATE landing SET corrects_document_number = document_number WHERE document_number = '2024-01010';

-- trip correction_of_itself: among the corrections
UPDATE landing SET corrected_by_numbers = 'C1-2024-1; ' || document_number WHERE document_number = '2024-01010';

-- trip linked_number_misshapen
UPDATE landing SET corrects_document_number = 'https' WHERE document_number = '2024-01010';

-- trip linked_number_misshapen: among the corrections
UPDATE landing SET corrected_by_numbers = 'C1-2024-1; documents' WHERE document_number = '2024-01010';

-- trip regulation_number_misshapen
UPDATE landing SET regulation_numbers = '0694' WHERE document_number = '2024-01010';

-- trip disposition_misshapen
UPDATE landing SET dispositions = 'amended by EO 14318, July 23, 2025' WHERE document_number = '2024-01010';
