-- The Entity List by country: entries listed in October 2023 and in July 2026, as known then
select
    country_code,
    count(*) filter (known_from <= date '2023-10-30' and known_to > date '2023-10-30') as listed_2023_10_30,
    count(*) filter (known_from <= date '2026-07-31' and known_to > date '2026-07-31') as listed_2026_07_31
from core.fct_list_entry
where list_code = 'US_BIS_EL'
    and valid_to = date '9999-12-31'
group by country_code
order by listed_2026_07_31 desc
limit 8
