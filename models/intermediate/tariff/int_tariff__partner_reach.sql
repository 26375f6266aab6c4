-- Grain: one row a partner scope × class of partners × part of the reach (included or left out).

{{ config(materialized='table') }}

{# When a class of partners is inside a scope. Membership of a group has no clock of knowledge: treaties are public. #}

with members as (

    select distinct
        classes.partner_class_id,
        memberships.scope_code,
        memberships.valid_from,
        memberships.valid_to
    from {{ ref('int_tariff__partner_classes') }} as classes
    inner join {{ ref('int_tariff__partner_memberships') }} as memberships
        on classes.partner_code = memberships.partner_code

),

codes as (

    select distinct
        of_statement.partner_scope_id,
        scopes.scope_code,
        scopes.is_excluded
    from {{ ref('stg_law__scopes') }} as scopes
    inner join {{ ref('int_tariff__statement_scopes') }} as of_statement
        on scopes.statement_id = of_statement.statement_id
    where scopes.scope_kind = 'partner'

),

pieces as (

    select
        codes.partner_scope_id,
        members.partner_class_id,
        codes.is_excluded,
        members.valid_from,
        members.valid_to,
        {{ always() }} as known_from,
        {{ open_end() }} as known_to
    from codes
    inner join members on codes.scope_code = members.scope_code
    union
    select
        codes.partner_scope_id,
        classes.partner_class_id,
        codes.is_excluded,
        {{ always() }} as valid_from,
        {{ open_end() }} as valid_to,
        {{ always() }} as known_from,
        {{ open_end() }} as known_to
    from codes
    cross join (select distinct partner_class_id from {{ ref('int_tariff__partner_classes') }}) as classes
    where codes.scope_code = 'ALL'

),

{{ reach_of('partner') }}
