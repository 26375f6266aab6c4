-- Grain: one row a group × partner × interval of membership.

select
    cast(group_code as string) as group_code,
    cast(partner_code as string) as partner_code,
    cast(valid_from as date) as valid_from,
    cast(valid_to as date) as valid_to,
    cast(citation as string) as citation
from {{ ref('partner_groups') }}
union all
select
    group_code,
    partner_code,
    valid_from,
    valid_to,
    citation
from {{ ref('stg_law__partner_groups') }}
