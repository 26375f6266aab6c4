-- Grain: one row an act's statement about a list of goods.

select
    cast(raw.place_in_file as integer) as place_in_file,
    cast(raw.issuer as string) as issuer,
    cast(raw.programme as string) as programme,
    cast(raw.tariff_list as string) as tariff_list,
    cast(raw.rate as double) as rate,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.known_on as date) as known_on,
    cast(raw.action_id as string) as action_id,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'foreign_statements') }} as raw
