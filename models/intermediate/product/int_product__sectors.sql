-- Grain: one row a ten-digit line with a NAICS sector.

select
    hts10,
    substr(min(naics), 1, 3) as naics3
from {{ ref('stg_census_import_concordance__products') }}
where naics is not null and known_to = {{ open_end() }}
group by hts10
