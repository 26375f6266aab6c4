-- Grain: one row a group of goods × code.

{#
    Codes kept by hand, by the text of the schedule; what USGS and the Census Bureau list, as known now. A line that the
    hand-kept codes hold already is not listed twice. Each mineral is a group of its own beside the group of them all.
#}

with listed_groups as (

    select
        group_code,
        parent_group_code,
        group_name,
        basis,
        valid_from,
        valid_to,
        citation
    from {{ ref('product_groups') }}

),

kept as (

    select
        group_code,
        commodity,
        hts_prefix,
        named_as,
        citation
    from {{ ref('product_group_codes') }}

),

minerals as (

    select
        listed.hts10,
        listed.critical_mineral
    from {{ ref('int_product__critical_minerals') }} as listed
    left join kept
        on
        kept.group_code = 'critical_minerals'
        and kept.hts_prefix = substr(listed.hts10, 1, length(kept.hts_prefix))
    where listed.known_to = {{ open_end() }} and listed.critical_mineral is not null and kept.hts_prefix is null

),

advanced as (

    select
        hts10,
        advanced_technology_code
    from {{ ref('stg_census_import_concordance__products') }}
    where known_to = {{ open_end() }} and advanced_technology_code is not null

),

codes as (

    select
        group_code,
        group_code as listed_group_code,
        cast(null as string) as own_name,
        commodity,
        hts_prefix as product_code,
        'schedule_text' as evidence,
        named_as,
        citation
    from kept
    union all
    select
        'critical_minerals' as group_code,
        'critical_minerals' as listed_group_code,
        cast(null as string) as own_name,
        critical_mineral as commodity,
        hts10 as product_code,
        'usgs' as evidence,
        cast(null as string) as named_as,
        'US Geological Survey, Mineral Commodity Summaries 2026, notes' as citation
    from minerals
    union all
    select
        'mineral_' || replace(replace(lower(commodity), ' ', '_'), '-', '_') as group_code,
        group_code as listed_group_code,
        commodity as own_name,
        commodity,
        hts_prefix as product_code,
        'schedule_text' as evidence,
        named_as,
        citation
    from kept
    where group_code = 'critical_minerals'
    union all
    select
        'advanced_technology' as group_code,
        'advanced_technology' as listed_group_code,
        cast(null as string) as own_name,
        cast(null as string) as commodity,
        hts10 as product_code,
        'census' as evidence,
        cast(null as string) as named_as,
        cast(null as string) as citation
    from advanced
    union all
    select
        'advanced_technology_' || advanced_technology_code as group_code,
        'advanced_technology_' || advanced_technology_code as listed_group_code,
        cast(null as string) as own_name,
        cast(null as string) as commodity,
        hts10 as product_code,
        'census' as evidence,
        cast(null as string) as named_as,
        cast(null as string) as citation
    from advanced

)

select
    codes.group_code,
    case
        when codes.own_name is not null then codes.listed_group_code
        else listed_groups.parent_group_code
    end as parent_group_code,
    coalesce(codes.own_name, listed_groups.group_name) as group_name,
    listed_groups.basis,
    codes.commodity,
    case length(codes.product_code)
        when 4 then 'HS4'
        when 6 then 'HS6'
        when 8 then 'HTS8'
        when 10 then 'HTS10'
    end as product_level,
    codes.product_code,
    codes.evidence,
    codes.named_as,
    listed_groups.valid_from,
    listed_groups.valid_to,
    coalesce(codes.citation, listed_groups.citation) as citation
from codes
inner join listed_groups on codes.listed_group_code = listed_groups.group_code
