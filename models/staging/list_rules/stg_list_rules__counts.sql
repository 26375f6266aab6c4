-- Grain: one row a rule × list.

select
    cast(raw.document_number as string) as document_number,
    cast(raw.list_code as string) as list_code,
    cast(raw.stated_entity_count as bigint) as stated_entity_count,
    cast(raw.stated_entry_count as bigint) as stated_entry_count,
    cast(raw.stated_destination_count as bigint) as stated_destination_count,
    cast(raw.stated_removed_count as bigint) as stated_removed_count
from {{ raw_parquet('list_rules', 'counts') }} as raw
