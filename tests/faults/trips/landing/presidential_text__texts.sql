-- Trips of the landing suite presidential_text__texts.

-- good
INSERT INTO vintages BY NAME SELECT 8 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'text-' || i AS text_id,
    'Regulating Imports' AS title,
    'executive_order' AS document_kind,
    DATE '2029-12-13' AS acted_on,
    DATE '2029-12-14' AS modified_on,
    DATE '2029-12-16' AS first_bite_on,
    7 AS section_count,
    6000 AS word_count,
    12 AS cited_act_count,
    3 AS heading_count,
    'https://www.whitehouse.gov/presidential-actions/2025/04/text-' || i || '/' AS source_url,
    repeat('5e', 32) AS text_sha256
FROM range(8) AS r(i);

-- trip text_id_missing
UPDATE landing SET text_id = NULL WHERE text_id = 'text-3';

-- trip key_not_unique
INSERT INTO landing FROM landing WHERE text_id = 'text-3';

-- trip address_unknown
UPDATE landing SET source_url = 'https://example.org/text-3/' WHERE text_id = 'text-3';

-- trip title_missing
UPDATE landing SET title = NULL WHERE text_id = 'text-3';

-- trip kind_unknown
UPDATE landing SET document_kind = 'post' WHERE text_id = 'text-3';

-- trip acted_out_of_time: before the site
UPDATE landing SET acted_on = DATE '2016-01-01', first_bite_on = NULL WHERE text_id = 'text-3';

-- trip acted_out_of_time: after the file
UPDATE landing SET acted_on = known_from + 1, modified_on = NULL, first_bite_on = NULL WHERE text_id = 'text-3';

-- trip modified_before
UPDATE landing SET modified_on = acted_on - 1 WHERE text_id = 'text-3';

-- trip first_bite_out_of_time
UPDATE landing SET first_bite_on = acted_on - 1 WHERE text_id = 'text-3';

-- trip first_bite_out_of_time: years later
UPDATE landing SET first_bite_on = acted_on + 1101 WHERE text_id = 'text-3';

-- trip counts_out_of_range
UPDATE landing SET word_count = 49 WHERE text_id = 'text-3';

-- trip fingerprint_misshapen
UPDATE landing SET text_sha256 = '5e' WHERE text_id = 'text-3';

-- trip many_of_no_kind
UPDATE landing SET document_kind = 'other' WHERE text_id IN ('text-1', 'text-2', 'text-3');
