-- Trips of the release suite core.bridge_program_partner.

-- good
INSERT INTO {mart} VALUES
    ('S', '1220', DATE '2020-07-01', DATE '9999-12-31', 'A note'),
    ('S', '2010', DATE '2020-07-01', DATE '9999-12-31', 'A note'),
    ('A', '5350', DATE '2018-01-01', DATE '2021-01-01', 'A note'),
    ('K', 'ALL', DATE '2018-01-01', DATE '9999-12-31', 'A note');

-- trip too_many_rows
INSERT INTO {mart} SELECT 'K', 'ALL', DATE '2018-01-01', DATE '9999-12-31', 'A note' FROM range(800);

-- trip usmca_partners
DELETE FROM {mart} WHERE partner_code = '2010';

-- trip usmca_partners: all are gone
DELETE FROM {mart} WHERE program_code = 'S';

-- trip gsp_lapsed
UPDATE {mart} SET valid_to = DATE '9999-12-31' WHERE program_code = 'A';

-- trip citation_missing
UPDATE {mart} SET citation = ' ' WHERE program_code = 'K';
