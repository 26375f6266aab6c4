-- Grain: one row an issuer × act × programme.

{#
    National lines meet American exports at six digits. A code that ends in 00 is the only national line of its heading;
    of any other heading the list may hold a part, and all of its exports are an upper bound.
#}

with listed as (

    select
        issuer,
        action_id,
        programme,
        target_partner_code,
        valid_from,
        replace(tariff_code, '.', '') as national_code
    from {{ ref('fct_foreign_tariff') }}
    where known_to = {{ open_end() }}

),

headings as (

    select
        issuer,
        action_id,
        programme,
        substr(national_code, 1, 6) as hs6,
        min(case when substr(national_code, 7, 2) = '00' then 0 else 1 end) as is_divided
    from listed
    group by issuer, action_id, programme, substr(national_code, 1, 6)

),

acts as (

    select
        issuer,
        action_id,
        programme,
        target_partner_code,
        min(valid_from) as first_effective_on,
        cast(year(min(valid_from)) - 1 as integer) as weight_year,
        count(distinct national_code) as tariff_line_count
    from listed
    group by issuer, action_id, programme, target_partner_code

),

heading_counts as (

    select
        issuer,
        action_id,
        programme,
        count(*) as hs6_count,
        sum(is_divided) as partial_hs6_count
    from headings
    group by issuer, action_id, programme

),

exports as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        cast(year(period_start) as integer) as export_year,
        export_value_fas_usd
    from {{ ref('fct_trade_flow') }}
    where
        flow = 'export'
        and period_months = 1
        and product_level in ('SB10', 'HS2')
        and known_to = {{ open_end() }}

),

full_years as (

    select
        partner_code,
        product_level,
        export_year,
        sum(export_value_fas_usd) as export_value_fas_usd,
        row_number() over (
            partition by partner_code, export_year order by case when product_level = 'SB10' then 1 else 2 end
        ) as choice
    from exports
    group by partner_code, product_level, export_year
    having count(distinct period_start) = 12

),

exports_by_heading as (

    select
        exports.partner_code,
        exports.export_year,
        substr(exports.product_code, 1, 6) as hs6,
        sum(exports.export_value_fas_usd) as export_value_fas_usd
    from exports
    inner join full_years
        on exports.partner_code = full_years.partner_code
        and exports.export_year = full_years.export_year
        and exports.product_level = full_years.product_level
    where exports.product_level = 'SB10'
    group by exports.partner_code, exports.export_year, substr(exports.product_code, 1, 6)

),

exposed as (

    select
        acts.issuer,
        acts.action_id,
        acts.programme,
        sum(exports_by_heading.export_value_fas_usd) as exposed_usd,
        sum(case when headings.is_divided = 0 then exports_by_heading.export_value_fas_usd else 0 end)
            as undivided_usd
    from acts
    inner join {{ ref('dim_partner') }} as partners on acts.issuer = partners.iso2
    inner join headings
        on acts.issuer = headings.issuer
        and acts.action_id = headings.action_id
        and acts.programme = headings.programme
    inner join exports_by_heading
        on partners.partner_code = exports_by_heading.partner_code
        and acts.weight_year = exports_by_heading.export_year
        and headings.hs6 = exports_by_heading.hs6
    group by acts.issuer, acts.action_id, acts.programme

)

select
    acts.issuer,
    acts.action_id,
    acts.programme,
    acts.target_partner_code,
    partners.partner_code,
    acts.first_effective_on,
    acts.tariff_line_count,
    heading_counts.hs6_count,
    cast(heading_counts.partial_hs6_count as bigint) as partial_hs6_count,
    acts.weight_year,
    case when full_years.product_level = 'SB10' then full_years.product_level end as product_level,
    cast(exposed.exposed_usd as bigint) as exposed_export_value_fas_usd,
    cast(exposed.undivided_usd as bigint) as undivided_export_value_fas_usd,
    cast(full_years.export_value_fas_usd as bigint) as export_value_fas_usd,
    {{ ratio('exposed.exposed_usd', 'full_years.export_value_fas_usd') }} as exposed_share
from acts
inner join heading_counts
    on acts.issuer = heading_counts.issuer
    and acts.action_id = heading_counts.action_id
    and acts.programme = heading_counts.programme
inner join {{ ref('dim_partner') }} as partners on acts.issuer = partners.iso2
left join full_years
    on partners.partner_code = full_years.partner_code
    and acts.weight_year = full_years.export_year
    and full_years.choice = 1
left join exposed
    on acts.issuer = exposed.issuer
    and acts.action_id = exposed.action_id
    and acts.programme = exposed.programme
