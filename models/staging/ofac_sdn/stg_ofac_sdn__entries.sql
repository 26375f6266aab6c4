-- Grain: one row a list × entry × known interval.

select
    cast(raw.list_code as string) as list_code,
    cast(raw.entity_number as integer) as entity_number,
    cast(raw.entity_name as string) as entity_name,
    cast(raw.kind as string) as kind,
    cast(raw.programs as string) as programs,
    cast(raw.title as string) as title,
    cast(raw.call_sign as string) as call_sign,
    cast(raw.vessel_type as string) as vessel_type,
    cast(raw.tonnage as string) as tonnage,
    cast(raw.gross_registered_tonnage as string) as gross_registered_tonnage,
    cast(raw.vessel_flag as string) as vessel_flag,
    cast(raw.vessel_owner as string) as vessel_owner,
    cast(raw.remarks as string) as remarks,
    cast(raw.aliases as string) as aliases,
    cast(raw.addresses as string) as addresses,
    cast(raw.country_code as string) as country_code,
    cast(raw.address_country_codes as string) as address_country_codes,
    cast(raw.former_names as string) as former_names,
    cast(raw.alias_count as integer) as alias_count,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to
from {{ raw_parquet('ofac_sdn', 'entries') }} as raw
