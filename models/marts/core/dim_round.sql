-- Grain: one row a round.

select
    round_id,
    round_name,
    starts_on,
    ends_on,
    place,
    parties,
    citation
from {{ ref('int_policy__rounds') }}
