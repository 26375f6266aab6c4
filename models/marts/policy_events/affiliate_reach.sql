-- Grain: one row a rule × list × listed party × reached entity × valid interval.

with reach as (

    select *
    from {{ ref('fct_ownership_reach') }}

),

links as (

    select *
    from {{ ref('bridge_list_entity') }}

),

entities as (

    select *
    from {{ ref('dim_legal_entity') }}

)

select
    reach.rule_code,
    reach.list_code,
    reach.entry_key as listed_entry_key,
    links.link_method,
    links.link_score,
    reach.entity_id as reached_entity_id,
    entities.entity_name as reached_entity_name,
    entities.country_code,
    reach.ownership_share,
    reach.share_basis,
    reach.owner_count,
    reach.path_length,
    reach.path,
    reach.last_share,
    reach.path_length = 1 as is_direct,
    reach.is_aggregate,
    reach.valid_from,
    reach.valid_to
from reach
left join links
    on reach.list_code = links.list_code
    and reach.entry_key = links.entry_key
    and reach.listed_entity_id = links.entity_id
left join entities on reach.entity_id = entities.entity_id
