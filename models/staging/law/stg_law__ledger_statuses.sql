-- Grain: one row a statement.

select
    cast(raw.place_in_file as integer) as place_in_file,
    cast(raw.action_id as string) as action_id,
    cast(raw.provision_id as string) as provision_id,
    cast(raw.status as string) as status,
    cast(raw.enforcement as string) as enforcement,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.known_on as date) as known_on,
    cast(raw.is_scheduled as boolean) as is_scheduled,
    cast(raw.evidence_document as string) as evidence_document,
    cast(raw.note as string) as note
from {{ raw_parquet('law', 'ledger_statuses') }} as raw
