-- Grain: one row a day on which something became known × what kind of thing × partner scope × days it is about.

{#
    A statement is held against the last one about its measure that was known before, of those about the same days if
    there are any. One that ends its measure says something of its days only. A rule says something of the days of the
    programme that yields, for it outlives its measures.
#}

with statements as (

    select
        statements.statement_id,
        statements.measure_id,
        statements.place_in_file,
        statements.operation,
        statements.measure_rate,
        statements.valid_from,
        statements.valid_to,
        statements.known_on,
        scopes.product_scope_id,
        scopes.partner_scope_id
    from {{ ref('stg_law__statements') }} as statements
    left join {{ ref('int_tariff__statement_scopes') }} as scopes on statements.statement_id = scopes.statement_id

),

compared as (

    select
        later.known_on,
        later.operation,
        later.measure_rate,
        later.product_scope_id,
        later.partner_scope_id,
        later.valid_from,
        later.valid_to,
        earlier.operation as earlier_operation,
        earlier.measure_rate as earlier_rate,
        earlier.product_scope_id as earlier_product_scope_id,
        earlier.partner_scope_id as earlier_partner_scope_id,
        row_number() over (
            partition by later.statement_id
            order by
                case
                    when earlier.valid_from < later.valid_to and later.valid_from < earlier.valid_to then 0 else 1
                end asc,
                earlier.known_on desc,
                earlier.place_in_file desc
        ) as place_from_last
    from statements as later
    left join statements as earlier
        on later.measure_id = earlier.measure_id
        and later.known_on > earlier.known_on
        and earlier.operation <> 'end'

),

said as (

    select
        known_on,
        valid_from,
        valid_to,
        coalesce(partner_scope_id, earlier_partner_scope_id) as partner_scope_id,
        earlier_partner_scope_id,
        operation <> 'end'
        and (
            earlier_operation is null
            or operation <> earlier_operation
            or coalesce(measure_rate, -1) <> coalesce(earlier_rate, -1)
        ) as is_rate,
        operation <> 'end'
        and (product_scope_id <> earlier_product_scope_id or partner_scope_id <> earlier_partner_scope_id) as is_scope
    from compared
    where place_from_last = 1

),

list_states as (

    select distinct
        list_code,
        hts_prefix,
        valid_from,
        valid_to,
        known_from,
        known_to
    from {{ ref('int_tariff__list_lines') }}
    where known_from > {{ always() }} or known_to < {{ open_end() }}

),

{# A state that takes the place of another moves its end; one that takes no other's place begins. #}
list_changes as (

    select distinct
        later.list_code,
        later.known_from as known_on,
        case when earlier.valid_to is null then later.valid_from else later.valid_to end as valid_from,
        coalesce(earlier.valid_to, later.valid_to) as valid_to
    from list_states as later
    left join list_states as earlier
        on later.list_code = earlier.list_code
        and later.hts_prefix = earlier.hts_prefix
        and later.valid_from = earlier.valid_from
        and later.known_from = earlier.known_to
    where later.known_from > {{ always() }}

),

named as (

    select distinct
        scopes.scope_code as list_code,
        statements.partner_scope_id,
        statements.known_on,
        statements.valid_from,
        statements.valid_to
    from {{ ref('stg_law__scopes') }} as scopes
    inner join statements on scopes.statement_id = statements.statement_id
    where scopes.scope_kind = 'product' and statements.partner_scope_id is not null

)

select
    known_on,
    'rate' as cause,
    partner_scope_id,
    valid_from,
    valid_to
from said
where is_rate
union
select
    known_on,
    'scope' as cause,
    partner_scope_id,
    valid_from,
    valid_to
from said
where is_scope
union
select
    known_on,
    'scope' as cause,
    earlier_partner_scope_id as partner_scope_id,
    valid_from,
    valid_to
from said
where is_scope
union
select
    known_on,
    'date' as cause,
    partner_scope_id,
    valid_from,
    valid_to
from said
where not is_rate and not coalesce(is_scope, false)
union
select
    list_changes.known_on,
    'scope' as cause,
    named.partner_scope_id,
    greatest(list_changes.valid_from, named.valid_from) as valid_from,
    least(list_changes.valid_to, named.valid_to) as valid_to
from list_changes
inner join named
    on list_changes.list_code = named.list_code
    and list_changes.known_on > named.known_on
    and list_changes.valid_from < named.valid_to
    and list_changes.valid_to > named.valid_from
union
select
    stacking.known_from as known_on,
    'share' as cause,
    cast(null as integer) as partner_scope_id,
    greatest(stacking.valid_from, statements.valid_from) as valid_from,
    least(stacking.valid_to, statements.valid_to) as valid_to
from {{ ref('stg_law__stacking') }} as stacking
inner join {{ ref('stg_law__statements') }} as statements
    on stacking.applies_to_programme = statements.programme
    and stacking.known_from >= statements.known_on
    and stacking.valid_from < statements.valid_to
    and stacking.valid_to > statements.valid_from
where statements.operation <> 'end'
