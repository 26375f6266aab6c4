-- Grain: one row an entity.

{#
    Every entity that GLEIF registers or that stands in an edge, as now known. What GLEIF says of a name or country goes
    before what a user's file says. A parent that GLEIF's records do not tell is told with the reason they give.
#}

with registered as (

    select
        lei,
        legal_name,
        other_names,
        country_code,
        headquarters_country_code,
        entity_category,
        entity_status
    from {{ ref('stg_gleif__entities') }}
    where known_to = {{ open_end() }}

),

untold as (

    select
        lei,
        max(case when exception_category = 'DIRECT_ACCOUNTING_CONSOLIDATION_PARENT' then exception_reasons end)
            as direct_parent_exception,
        max(case when exception_category = 'ULTIMATE_ACCOUNTING_CONSOLIDATION_PARENT' then exception_reasons end)
            as ultimate_parent_exception
    from {{ ref('stg_gleif__exceptions') }}
    where known_to = {{ open_end() }}
    group by lei

),

named as (

    select
        coalesce(owner_lei, owner_id) as entity_id,
        owner_name as entity_name,
        owner_country_code as country_code
    from {{ ref('stg_ownership_edges__edges') }}

    union all

    select
        coalesce(owned_lei, owned_id) as entity_id,
        owned_name as entity_name,
        owned_country_code as country_code
    from {{ ref('stg_ownership_edges__edges') }}

),

told as (

    select
        entity_id,
        min(entity_name) as entity_name,
        min(country_code) as country_code
    from named
    group by entity_id

),

mentioned as (

    select lei as entity_id from registered
    union
    select lei as entity_id from untold
    union
    select owner_id as entity_id from {{ ref('stg_ownership__edges') }}
    union
    select owned_id as entity_id from {{ ref('stg_ownership__edges') }}

)

select
    mentioned.entity_id,
    coalesce(registered.legal_name, told.entity_name) as entity_name,
    registered.other_names,
    coalesce(registered.country_code, told.country_code) as country_code,
    registered.headquarters_country_code,
    registered.entity_category,
    registered.entity_status,
    untold.direct_parent_exception,
    untold.ultimate_parent_exception,
    registered.lei is not null as is_registered
from mentioned
left join registered on mentioned.entity_id = registered.lei
left join untold on mentioned.entity_id = untold.lei
left join told on mentioned.entity_id = told.entity_id
