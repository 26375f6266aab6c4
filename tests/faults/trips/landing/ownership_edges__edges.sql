-- Trips of the landing suite ownership_edges__edges.

-- good
INSERT INTO vintages BY NAME SELECT 12 AS row_count;
INSERT INTO landing BY NAME
SELECT
    'owner ' || i % 3 AS owner_id,
    'owned ' || i // 3 AS owned_id,
    0.3 AS share,
    DATE '2020-01-01' AS valid_from,
    DATE '9999-12-31' AS valid_to,
    'register' AS source
FROM range(12) AS r(i);

-- trip key_not_unique with more_than_all
INSERT INTO landing FROM landing WHERE owner_id = 'owner 1' AND owned_id = 'owned 1';

-- trip share_missing
UPDATE landing SET share = NULL WHERE owner_id = 'owner 1' AND owned_id = 'owned 1';

-- trip share_out_of_range with more_than_all
UPDATE landing SET share = 60 WHERE owner_id = 'owner 1' AND owned_id = 'owned 1';

-- trip share_out_of_range: nothing held
UPDATE landing SET share = 0 WHERE owner_id = 'owner 1' AND owned_id = 'owned 1';

-- trip shares_look_like_percentages: divided twice
UPDATE landing SET share = share / 100;

-- trip dates_reversed
UPDATE landing SET valid_to = DATE '2019-01-01' WHERE owner_id = 'owner 1' AND owned_id = 'owned 1';

-- trip owns_itself
UPDATE landing SET owned_id = owner_id WHERE owner_id = 'owner 1' AND owned_id = 'owned 1';

-- trip owns_itself: by its LEI
UPDATE landing SET owner_lei = 'ABCDEFGHIJKLMNOPQR00', owned_lei = 'ABCDEFGHIJKLMNOPQR00'
WHERE owned_id = 'owned 1';
DELETE FROM landing WHERE owned_id <> 'owned 1' OR owner_id <> 'owner 1';

-- trip holdings_overlap
INSERT INTO landing BY NAME
SELECT owner_id, owned_id, 0.1 AS share, DATE '2021-01-01' AS valid_from, valid_to, source
FROM landing WHERE owner_id = 'owner 1' AND owned_id = 'owned 1';

-- trip more_than_all
UPDATE landing SET share = 0.5 WHERE owner_id = 'owner 1' AND owned_id = 'owned 1';

-- trip one_party_two_leis
UPDATE landing SET owned_lei = 'ABCDEFGHIJKLMNOPQR00' WHERE owner_id = 'owner 1' AND owned_id = 'owned 1';
