-- Trips of the release suite core.dim_partner.

-- good
INSERT INTO {mart} BY NAME
SELECT
    CAST(1000 + i AS VARCHAR) AS partner_code,
    'Partner ' || i AS partner_name,
    chr(81 + i // 26) || chr(65 + i % 26) AS iso2,
    'X' || chr(81 + i // 26) || chr(65 + i % 26) AS iso3,
    true AS is_listed_now
FROM (SELECT CAST(i AS INTEGER) AS i FROM range(1, 215) AS r(i)) AS numbers
WHERE i <> 143;  -- VN is Viet Nam's
INSERT INTO {mart} (partner_code, partner_name, iso2, iso3, is_listed_now) VALUES
    ('1220', 'Canada', 'CA', 'CAN', true), ('2010', 'Mexico', 'MX', 'MEX', true),
    ('4120', 'United Kingdom', 'GB', 'GBR', true), ('5700', 'China', 'CN', 'CHN', true),
    ('7920', 'Namibia', 'NA', 'NAM', true), ('5520', 'Viet Nam', 'VN', 'VNM', true),
    ('4803', 'Kosovo', 'KV', NULL, true), ('4799', 'A code no longer listed', 'QB', NULL, false);

-- trip too_few_rows
DELETE FROM {mart} WHERE partner_code BETWEEN '1100' AND '1199';

-- trip too_many_rows
INSERT INTO {mart} (partner_code, partner_name, iso2, iso3, is_listed_now)
SELECT partner_code || i, partner_name, NULL, iso3, true
FROM {mart} CROSS JOIN range(3) AS r(i) WHERE partner_code BETWEEN '1100' AND '1199';

-- trip anchor_missing: the reader took NA for nothing
UPDATE {mart} SET iso2 = NULL, iso3 = NULL WHERE partner_code = '7920';

-- trip iso2_not_unique
UPDATE {mart} SET iso2 = 'QB' WHERE partner_code = '1002';

-- trip iso3_missing
UPDATE {mart} SET iso3 = NULL WHERE partner_code = '1001';
