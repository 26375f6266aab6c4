-- Grain: one row a product (or group of products, or 'ALL') × period, as known now.

{#
    Two bases, told apart by `is_whole_world`. Where every partner is held at ten digits, partners add up to the
    world, by line, subheading, chapter and group. Where the publisher states the world beside some partners, a
    partner's share is exact and concentration lies between two bounds: the rest as countless small suppliers, and as
    a single one. A sample of partners without a stated world is no world, and gives no row.
#}

with flows as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        import_value_consumption_usd
    from {{ ref('fct_trade_flow') }}
    where flow = 'import' and known_to = {{ open_end() }}

),

partners as (

    select
        partner_code,
        iso2
    from {{ ref('dim_partner') }}

),

controls as (

    select
        flow,
        group_code,
        product_level,
        case when product_code = 'ALL' then 'ALL' else product_level end as level_or_all,
        product_code,
        period_start,
        period_months,
        import_value_consumption_usd,
        export_value_fas_usd
    from {{ ref('fct_trade_control') }}
    where known_to = {{ open_end() }}

),

group_codes as (

    select
        group_code,
        parent_group_code,
        group_name,
        product_code,
        valid_from,
        valid_to
    from {{ ref('bridge_product_group') }}

),

whole_periods as (

    {{ whole_world_periods('flows', 'partners') }}

),

lines as (

    select flows.*
    from flows
    inner join whole_periods
        on flows.period_start = whole_periods.period_start
        and flows.period_months = whole_periods.period_months
    where flows.product_level = 'HTS10'

),

members as (

    {{ lines_under_codes('lines', 'group_codes', ['group_code', 'parent_group_code', 'valid_from', 'valid_to']) }}

),

added_up as (

    select
        'HTS10' as product_level,
        product_code,
        period_start,
        period_months,
        partner_code,
        import_value_consumption_usd
    from lines
    {%- for level, code in {
        'HS6': 'substr(product_code, 1, 6)', 'HS2': 'substr(product_code, 1, 2)', 'ALL': "'ALL'",
    }.items() %}
    union all
    select
        '{{ level }}' as product_level,
        {{ code }} as product_code,
        period_start,
        period_months,
        partner_code,
        {{ complete_sum('import_value_consumption_usd') }} as import_value_consumption_usd
    from lines
    group by {% if level != 'ALL' %}{{ code }}, {% endif %}period_start, period_months, partner_code
    {%- endfor %}
    union all
    select
        'GROUP' as product_level,
        members.group_code as product_code,
        lines.period_start,
        lines.period_months,
        lines.partner_code,
        {{ complete_sum('lines.import_value_consumption_usd') }} as import_value_consumption_usd
    from lines
    inner join members
        on lines.product_code = members.line_code
        and lines.period_start >= members.valid_from
        and lines.period_start < members.valid_to
    group by members.group_code, lines.period_start, lines.period_months, lines.partner_code

),

-- The publisher's totals of the world; a period that adds up by itself needs none.
stated_worlds as (

    select
        controls.product_level as stated_level,
        controls.level_or_all as product_level,
        controls.product_code,
        controls.period_start,
        controls.period_months,
        controls.import_value_consumption_usd as world_usd,
        row_number() over (
            partition by
                controls.level_or_all, controls.product_code, controls.period_start, controls.period_months
            order by controls.product_level
        ) as choice
    from controls
    left join whole_periods
        on controls.period_start = whole_periods.period_start
        and controls.period_months = whole_periods.period_months
        and controls.level_or_all in ('HTS10', 'HS6', 'HS2', 'ALL')
    where controls.flow = 'import' and controls.group_code = '-' and whole_periods.period_start is null

),

stated_partners as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        import_value_consumption_usd
    from flows
    union all
    select
        partners.partner_code,
        controls.product_level,
        controls.product_code,
        controls.period_start,
        controls.period_months,
        controls.import_value_consumption_usd
    from controls
    inner join partners on controls.group_code = partners.partner_code
    where controls.flow = 'import' and controls.product_code = 'ALL'

),

by_partner as (

    select
        *,
        cast(null as bigint) as world_usd
    from added_up
    union all
    select
        stated_worlds.product_level,
        stated_worlds.product_code,
        stated_worlds.period_start,
        stated_worlds.period_months,
        stated_partners.partner_code,
        stated_partners.import_value_consumption_usd,
        stated_worlds.world_usd
    from stated_worlds
    inner join stated_partners
        on stated_worlds.stated_level = stated_partners.product_level
        and stated_worlds.product_code = stated_partners.product_code
        and stated_worlds.period_start = stated_partners.period_start
        and stated_worlds.period_months = stated_partners.period_months
    where stated_worlds.choice = 1

),

-- Squares are decimals: a sum of doubles hangs on their order.
summed as (

    select
        by_partner.product_level,
        by_partner.product_code,
        by_partner.period_start,
        by_partner.period_months,
        {{ complete_sum('by_partner.import_value_consumption_usd') }} as held_usd,
        max(by_partner.world_usd) as world_usd,
        cast(sum(
            cast(by_partner.import_value_consumption_usd as decimal(38, 0))
            * cast(by_partner.import_value_consumption_usd as decimal(38, 0))
        ) as double) as sum_of_squares,
        max(by_partner.import_value_consumption_usd) as top_usd,
        sum(case when by_partner.import_value_consumption_usd > 0 then 1 else 0 end) as supplier_count,
        max(case when partners.iso2 = 'CN' then by_partner.import_value_consumption_usd end) as china_usd
    from by_partner
    left join partners on by_partner.partner_code = partners.partner_code
    group by by_partner.product_level, by_partner.product_code, by_partner.period_start, by_partner.period_months

),

-- Equal suppliers at the top: the first by code, so that the answer is one.
top_partners as (

    select
        summed.product_level,
        summed.product_code,
        summed.period_start,
        summed.period_months,
        min(by_partner.partner_code) as top_partner_code
    from summed
    inner join by_partner
        on {{ same_product_period('summed', 'by_partner') }}
        and summed.top_usd = by_partner.import_value_consumption_usd
    group by summed.product_level, summed.product_code, summed.period_start, summed.period_months

),

bounded as (

    select
        summed.product_level,
        summed.product_code,
        summed.period_start,
        summed.period_months,
        summed.world_usd is null as is_whole_world,
        coalesce(summed.world_usd, summed.held_usd) as total_usd,
        cast(coalesce(summed.world_usd, summed.held_usd) - summed.held_usd as double) as rest_usd,
        cast(coalesce(summed.world_usd, summed.held_usd) as double) as total,
        summed.sum_of_squares,
        summed.top_usd,
        summed.supplier_count,
        summed.china_usd,
        top_partners.top_partner_code
    from summed
    inner join top_partners
        on {{ same_product_period('summed', 'top_partners') }}
    where
        summed.held_usd is not null
        and summed.held_usd <= coalesce(summed.world_usd, summed.held_usd)
        and coalesce(summed.world_usd, summed.held_usd) > 0

),

measured as (

    select
        product_level,
        product_code,
        period_start,
        period_months,
        is_whole_world,
        total_usd,
        cast(10000 * sum_of_squares as double) / (total * total) as hhi_at_least,
        cast(10000 * (sum_of_squares + rest_usd * rest_usd) as double) / (total * total) as hhi_at_most,
        cast(top_usd as double) / total as largest_held_share,
        cast(rest_usd as double) / total as rest_share,
        case when is_whole_world then cast(supplier_count as bigint) end as supplier_count,
        case when is_whole_world and china_usd is null then cast(0 as bigint) else china_usd end as china_usd,
        top_partner_code
    from bounded

),

known_top as (

    select
        *,
        case when is_whole_world then hhi_at_least end as hhi,
        case when largest_held_share >= rest_share then top_partner_code end as known_top_partner_code,
        case when largest_held_share >= rest_share then largest_held_share end as top_share,
        case
            when largest_held_share > 0.5 and hhi_at_least > 4000 then true
            when greatest(largest_held_share, rest_share) <= 0.5 or hhi_at_most <= 4000 then false
        end as is_dependent
    from measured

),

{{ world_export_ctes('controls') }},

line_names as (

    select
        hts10,
        max_by(description, valid_from) as line_name
    from {{ ref('dim_product') }}
    where known_to = {{ open_end() }}
    group by hts10

),

subheading_names as (

    {{ subheading_names(ref('fct_schedule_line')) }}

),

group_names as (

    select distinct
        group_code,
        group_name
    from group_codes

),

line_groups as (

    select
        members.line_code,
        whole_periods.period_start,
        {{ joined_text('members.group_code', '; ') }} as product_groups
    from members
    inner join whole_periods
        on members.valid_from <= whole_periods.period_start and members.valid_to > whole_periods.period_start
    where members.parent_group_code is null
    group by members.line_code, whole_periods.period_start

)

select
    known_top.product_level,
    known_top.product_code,
    known_top.period_start,
    known_top.period_months,
    coalesce(line_names.line_name, subheading_names.subheading_name, group_names.group_name) as product_name,
    case
        when known_top.product_level in ('HTS10', 'HS6', 'HS2') then substr(known_top.product_code, 1, 2)
    end as chapter,
    line_groups.product_groups,
    known_top.is_whole_world,
    known_top.total_usd as import_value_consumption_usd,
    known_top.hhi,
    known_top.hhi_at_least,
    known_top.hhi_at_most,
    cast(10000 as double) / known_top.hhi as effective_suppliers,
    known_top.known_top_partner_code as top_partner_code,
    known_top.top_share,
    known_top.supplier_count,
    known_top.china_usd as china_import_value_consumption_usd,
    {{ ratio('known_top.china_usd', 'known_top.total_usd') }} as china_share,
    known_top.is_dependent,
    exports.export_value_fas_usd,
    known_top.total_usd - exports.export_value_fas_usd as net_import_value_usd,
    case
        when not known_top.is_dependent then false
        else known_top.is_dependent and known_top.total_usd > exports.export_value_fas_usd
    end as is_dependent_net_of_exports
from known_top
left join exports on {{ same_product_period('known_top', 'exports') }}
left join line_names on known_top.product_level = 'HTS10' and known_top.product_code = line_names.hts10
left join subheading_names on known_top.product_level = 'HS6' and known_top.product_code = subheading_names.hs6
left join group_names on known_top.product_level = 'GROUP' and known_top.product_code = group_names.group_code
left join line_groups
    on known_top.product_level = 'HTS10'
    and known_top.product_code = line_groups.line_code
    and known_top.period_start = line_groups.period_start
