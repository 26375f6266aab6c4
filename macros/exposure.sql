{# What exposures are added up by: partner, chapter, NAICS sector, or nothing ('ALL'). #}

{# The margin a row of grouping sets is of, as partner_code, product_level and product_code. #}
{% macro margins_of(margins) -%}
    case when grouping(partner_code) = 0 then partner_code else 'ALL' end as partner_code,
        case
            when grouping(chapter) = 0 then 'HS2'
            when grouping(naics3) = 0 then 'NAICS3'
            else 'ALL'
        end as product_level,
        case
            when grouping(chapter) = 0 then chapter
            when grouping(naics3) = 0 then naics3
            else 'ALL'
        end as product_code
{%- endmacro %}

{# One set of `keys` alone, and one with each margin. #}
{% macro margin_sets(keys, margins) -%}
    grouping sets (
        ({{ keys | join(', ') }})
        {%- for margin in margins %},
        ({{ keys | join(', ') }}, {{ margin }})
        {%- endfor %}
    )
{%- endmacro %}


{# Products an act covers: enough of what the hit partners sell of them (var covered_product_share) is exposed to it. #}
{% macro covered_products(action_products) -%}
    select
        action_id,
        took_effect_on,
        product_level,
        product_code,
        cast(exposed_import_value_consumption_usd as double) / import_value_consumption_of_hit_partners_usd
            as coverage_share
    from {{ action_products }}
    where
        exposed_import_value_consumption_usd
        >= cast({{ var('covered_product_share') }} as double) * import_value_consumption_of_hit_partners_usd
{%- endmacro %}

{# Partners whose duty an act changed. #}
{% macro hit_partners(exposure_margins) -%}
    select distinct
        action_id,
        partner_code
    from {{ exposure_margins }}
    where
        provision_id = 'ALL'
        and partner_code <> 'ALL'
        and marginal_import_value_consumption_usd > 0
{%- endmacro %}


{# The first day of a month that is counted from year 0: year × 12 + month − 1. #}
{% macro month_start(month_index) -%}
    cast(
        cast(cast(floor(cast({{ month_index }} as double) / 12) as integer) as string) || '-'
        || substr(cast(101 + ({{ month_index }}) % 12 as string), 2, 2) || '-01' as date
    )
{%- endmacro %}
