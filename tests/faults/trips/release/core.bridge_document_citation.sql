-- Trips of the release suite core.bridge_document_citation: what the order of 2025-04-02 might cite.

-- good
INSERT INTO {mart}
SELECT '2025-06063', 'heading', '9903.' || (10000 + i), 1, NULL FROM range(2000) AS r(i);
INSERT INTO {mart}
SELECT '2024-0' || (1000 + i), 'act', 'EO 14257', 2, '2025-06063' FROM range(100) AS r(i);

-- trip too_few_rows
DELETE FROM {mart} WHERE cited_kind = 'heading' AND cited < '9903.10200';

-- trip too_many_rows
INSERT INTO {mart} SELECT t.* FROM {mart} AS t CROSS JOIN range(96);

-- trip document_unknown
UPDATE {mart} SET document_id = 'nowhere' WHERE document_id = '2025-06063' AND cited = '9903.10001';

-- trip cited_document_unknown
INSERT INTO {mart}
SELECT document_id, cited_kind, 'EO 14258', 1, 'nowhere' FROM {mart} WHERE document_id = '2024-01001';

-- trip kind_unknown
UPDATE {mart} SET cited_kind = 'sentence' WHERE cited = '9903.10001';

-- trip count_out_of_range
UPDATE {mart} SET mentioned_times = 0 WHERE cited = '9903.10001';

-- trip words_kept
UPDATE {mart} SET cited = 'as amended from time to time' WHERE cited = '9903.10001';

-- trip orders_cite_no_orders
UPDATE {mart} SET cited_document_id = NULL WHERE document_id = '2024-01001';
