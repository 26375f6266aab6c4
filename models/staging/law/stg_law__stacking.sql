-- Grain: one row a stacking rule × known interval.

select
    cast(raw.rule_id as string) as rule_id,
    cast(raw.applies_to_programme as string) as applies_to_programme,
    cast(raw.yields_to_programme as string) as yields_to_programme,
    cast(raw.partners as string) as partners,
    cast(raw.value_share as string) as value_share,
    cast(raw.condition as string) as condition,
    cast(raw.valid_from as date) as valid_from,
    cast(raw.valid_to as date) as valid_to,
    cast(raw.known_from as date) as known_from,
    cast(raw.known_to as date) as known_to,
    cast(raw.action_id as string) as action_id,
    cast(raw.citation as string) as citation
from {{ raw_parquet('law', 'stacking') }} as raw
