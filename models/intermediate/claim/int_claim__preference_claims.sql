-- Grain: one row a partner × tariff line × month × programme × known interval.

{#
    Where DataWeb reports a programme of a partner in a month, its report stands: it also states the lines that were
    imported without a claim. All else is of the Census Bureau's bulk file, which states claims only.
#}

with reported as (

    select distinct
        program_code,
        partner_code,
        period_start
    from {{ ref('stg_usitc_dataweb__claims') }}

)

select
    partner_code,
    hts10 as product_code,
    'HTS10' as product_level,
    period_start,
    1 as period_months,
    program_code,
    claimed_import_value_consumption_usd,
    total_import_value_consumption_usd,
    'dataweb' as claim_source,
    known_from,
    known_to
from {{ ref('stg_usitc_dataweb__claims') }}
union all
select
    claims.partner_code,
    claims.product_code,
    claims.product_level,
    claims.period_start,
    claims.period_months,
    claims.program_code,
    claims.claimed_import_value_consumption_usd,
    claims.total_import_value_consumption_usd,
    'census' as claim_source,
    claims.known_from,
    claims.known_to
from {{ ref('stg_census_imports__claims') }} as claims
left join reported
    on claims.program_code = reported.program_code
    and claims.partner_code = reported.partner_code
    and claims.period_start = reported.period_start
where reported.program_code is null
