-- Grain: one row an act × provision (or all of them) × commodity × goods.

select
    cast(raw.action_id as string) as action_id,
    cast(raw.provision_id as string) as provision_id,
    cast(raw.commodity as string) as commodity,
    cast(raw.stated_codes as string) as stated_codes,
    cast(raw.hts_prefix as string) as hts_prefix,
    cast(raw.is_mapped_by_us as boolean) as is_mapped_by_us,
    cast(raw.has_other_goods as boolean) as has_other_goods,
    cast(raw.citation as string) as citation,
    cast(raw.note as string) as note
from {{ raw_parquet('law', 'control_products') }} as raw
