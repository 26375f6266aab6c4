-- Trips of the release suite core.bridge_partner_group.

-- good
INSERT INTO {mart}
SELECT 'EU27', CAST(1000 + i AS VARCHAR), DATE '1995-01-01', DATE '9999-12-31', 'A treaty' FROM range(1, 28) AS r(i);
INSERT INTO {mart} VALUES
    ('EU27', '4120', DATE '1973-01-01', DATE '2020-02-01', 'A treaty'),
    ('NAFTA', '1220', DATE '1994-01-01', DATE '2020-07-01', 'A statute'),
    ('USMCA', '1220', DATE '2020-07-01', DATE '9999-12-31', 'A statute'),
    ('USMCA', '2010', DATE '2020-07-01', DATE '9999-12-31', 'A statute'),
    ('COLUMN2', '2390', DATE '1989-01-01', DATE '9999-12-31', 'A general note'),
    ('COLUMN2', '4621', DATE '2022-04-09', DATE '9999-12-31', 'A statute'),
    ('COLUMN2', '4622', DATE '2022-04-09', DATE '9999-12-31', 'A statute'),
    ('COLUMN2', '5790', DATE '1989-01-01', DATE '9999-12-31', 'A general note');

-- trip too_many_rows
INSERT INTO {mart} SELECT 'NAFTA', '2010', DATE '1994-01-01', DATE '2020-07-01', 'A statute' FROM range(850);

-- trip eu27_size: the United Kingdom never left
UPDATE {mart} SET valid_to = DATE '9999-12-31' WHERE partner_code = '4120';

-- trip usmca_members
DELETE FROM {mart} WHERE group_code = 'USMCA' AND partner_code = '2010';

-- trip usmca_members: all are gone
DELETE FROM {mart} WHERE group_code = 'USMCA';

-- trip column2_members
UPDATE {mart} SET valid_to = DATE '2024-01-01' WHERE group_code = 'COLUMN2' AND partner_code = '4621';

-- trip citation_missing
UPDATE {mart} SET citation = ' ' WHERE group_code = 'NAFTA';
