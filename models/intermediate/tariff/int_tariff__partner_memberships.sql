-- Grain: one row a code that measures name partners by × partner × valid interval.

with named as (

    select distinct scope_code
    from {{ ref('stg_law__scopes') }}
    where scope_kind = 'partner' and scope_code <> 'ALL'

),

groups as (

    select
        group_code,
        partner_code,
        valid_from,
        valid_to
    from {{ ref('int_partner__groups') }}

)

select
    named.scope_code,
    partners.partner_code,
    {{ always() }} as valid_from,
    {{ open_end() }} as valid_to
from named
inner join {{ ref('int_partner__named') }} as partners on named.scope_code = partners.partner_code
union all
select
    named.scope_code,
    groups.partner_code,
    groups.valid_from,
    groups.valid_to
from named
inner join groups on named.scope_code = groups.group_code
