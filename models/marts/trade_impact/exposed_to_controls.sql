-- Grain: one row a provision of an export control × goods (or 'ALL') × importer × period × measure, as known now.

{#
    What the importer bought of the goods a control reaches, from its issuer and from everybody. Of the United States
    only where partners add up to the world: nothing bought from the issuer is a zero there. Of other importers where
    the issuer and the whole are stated: the importer's own total (Comtrade), or the sum of all exporters (BACI), by the
    six digits that tariffs share. 'ALL' adds up, each once, what holds nothing but controlled goods. Acts that name
    countries reach those alone.
#}

with flows as (

    select
        partner_code,
        product_level,
        product_code,
        period_start,
        period_months,
        import_value_consumption_usd,
        import_value_general_usd
    from {{ ref('fct_trade_flow') }}
    where flow = 'import' and known_to = {{ open_end() }}

),

partners as (

    select
        partner_code,
        iso2
    from {{ ref('dim_partner') }}

),

acts as (

    select
        action_id,
        issuer,
        issuer_country
    from {{ ref('dim_action') }}

),

named_countries as (

    select
        action_id,
        target_code as country
    from {{ ref('bridge_action_target') }}
    where target_kind = 'country'

),

limited_acts as (

    select distinct action_id
    from named_countries

),

controls as (

    select
        reached.action_id,
        reached.provision_id,
        reached.product_level,
        reached.product_code,
        reached.commodity,
        reached.is_mapped_by_us,
        reached.has_other_goods,
        limited_acts.action_id is not null as is_limited
    from {{ ref('bridge_control_product') }} as reached
    left join limited_acts on reached.action_id = limited_acts.action_id

),

goods as (

    select
        action_id,
        provision_id,
        product_level,
        product_code,
        {{ joined_text('commodity', '; ') }} as commodity,
        min(case when is_mapped_by_us then 1 else 0 end) = 1 as is_mapped_by_us,
        min(case when has_other_goods then 1 else 0 end) = 1 as has_other_goods,
        is_limited
    from controls
    group by action_id, provision_id, product_level, product_code, is_limited

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

controlled_lines as (

    select distinct line_code
    from ({{ lines_under_codes('lines', 'goods', ['is_limited']) }}) as under_codes

),

bought as (

    select lines.*
    from lines
    inner join controlled_lines on lines.product_code = controlled_lines.line_code

),

issuers as (

    select distinct acts.issuer_country
    from controls
    inner join acts on controls.action_id = acts.action_id

),

american as (
    {%- for measure in ['import_value_consumption_usd', 'import_value_general_usd'] %}

    select
        'US' as importer_code,
        issuers.issuer_country,
        bought.product_code,
        bought.period_start,
        bought.period_months,
        '{{ measure }}' as measure,
        cast(
            sum(case when partners.iso2 = issuers.issuer_country then bought.{{ measure }} else 0 end) as bigint
        ) as value_usd,
        {{ complete_sum('bought.' ~ measure) }} as total_value_usd
    from bought
    inner join partners on bought.partner_code = partners.partner_code
    cross join issuers
    group by issuers.issuer_country, bought.product_code, bought.period_start, bought.period_months
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

world as (

    select
        importer_code,
        exporter_code,
        product_code,
        period_start,
        period_months,
        case when reported_by = 'reconciled' then 'trade_value_fob_usd' else 'import_value_cif_usd' end as measure,
        case when reported_by = 'reconciled' then trade_value_fob_usd else import_value_cif_usd end as value_usd
    from {{ ref('fct_world_trade_flow') }}
    where
        known_to = {{ open_end() }}
        and reported_by in ('importer', 'reconciled')
        and hs_edition = 'HS2022'
        and product_level = 'HS6'

),

world_totals as (

    select
        importer_code,
        product_code,
        period_start,
        period_months,
        measure,
        sum(value_usd) as total_usd
    from world
    where measure = 'trade_value_fob_usd' or exporter_code = 'ALL'
    group by importer_code, product_code, period_start, period_months, measure

),

line_imports as (

    select *
    from american
    union all
    select
        world.importer_code,
        issuers.issuer_country,
        world.product_code,
        world.period_start,
        world.period_months,
        world.measure,
        cast(round(world.value_usd, 0) as bigint) as value_usd,
        cast(round(world_totals.total_usd, 0) as bigint) as total_value_usd
    from world
    inner join issuers on world.exporter_code = issuers.issuer_country
    inner join world_totals
        on world.importer_code = world_totals.importer_code
        and world.product_code = world_totals.product_code
        and world.period_start = world_totals.period_start
        and world.period_months = world_totals.period_months
        and world.measure = world_totals.measure

),

members as (

    {{ lines_under_codes('line_imports', 'goods', [
        'action_id', 'provision_id', 'product_level', 'product_code', 'has_other_goods', 'is_limited',
    ]) }}

),

reached_lines as (

    select
        action_id,
        provision_id,
        product_level,
        product_code,
        is_limited,
        line_code
    from members
    union all
    select distinct
        action_id,
        provision_id,
        'ALL' as product_level,
        'ALL' as product_code,
        is_limited,
        line_code
    from members
    where not has_other_goods

),

measured as (

    select
        reached_lines.action_id,
        reached_lines.provision_id,
        reached_lines.product_level,
        reached_lines.product_code,
        line_imports.importer_code,
        line_imports.period_start,
        line_imports.period_months,
        line_imports.measure,
        {{ complete_sum('line_imports.value_usd') }} as value_usd,
        {{ complete_sum('line_imports.total_value_usd') }} as total_value_usd
    from reached_lines
    inner join acts on reached_lines.action_id = acts.action_id
    inner join line_imports
        on reached_lines.line_code = line_imports.product_code
        and acts.issuer_country = line_imports.issuer_country
    left join named_countries
        on reached_lines.action_id = named_countries.action_id
        and line_imports.importer_code = named_countries.country
    where not reached_lines.is_limited or named_countries.action_id is not null
    group by
        reached_lines.action_id,
        reached_lines.provision_id,
        reached_lines.product_level,
        reached_lines.product_code,
        line_imports.importer_code,
        line_imports.period_start,
        line_imports.period_months,
        line_imports.measure

),

periods as (

    select distinct
        period_start,
        period_months,
        {{ months_after('period_start', 'period_months') }} as period_end
    from line_imports

),

provisions as (

    select distinct
        action_id,
        provision_id
    from goods

),

statuses as (

    select
        action_id,
        provision_id,
        valid_from,
        valid_to
    from {{ ref('fct_action_status') }}
    where
        known_to = {{ open_end() }}
        and not is_scheduled
        and status in ('in_force', 'amended')
        and enforcement <> 'not_enforced'

),

days_in_force as (

    select
        provisions.action_id,
        provisions.provision_id,
        periods.period_start,
        periods.period_months,
        sum(
            case
                when statuses.action_id is null then 0
                else {{ days_between(
                    'greatest(statuses.valid_from, periods.period_start)',
                    'least(statuses.valid_to, periods.period_end)'
                ) }}
            end
        ) as days_in_force_count
    from provisions
    cross join periods
    left join statuses
        on provisions.action_id = statuses.action_id
        and provisions.provision_id = statuses.provision_id
        and periods.period_end > statuses.valid_from
        and periods.period_start < statuses.valid_to
    group by provisions.action_id, provisions.provision_id, periods.period_start, periods.period_months

)

select
    acts.issuer,
    acts.issuer_country,
    measured.action_id,
    measured.provision_id,
    measured.product_level,
    measured.product_code,
    goods.commodity,
    goods.is_mapped_by_us,
    measured.product_code <> 'ALL' and goods.has_other_goods as has_other_goods,
    measured.importer_code,
    measured.period_start,
    measured.period_months,
    measured.measure,
    measured.value_usd,
    measured.total_value_usd,
    {{ ratio('measured.value_usd', 'measured.total_value_usd') }} as controlled_share,
    cast(days_in_force.days_in_force_count as bigint) as days_in_force_count
from measured
inner join acts on measured.action_id = acts.action_id
left join goods
    on measured.action_id = goods.action_id
    and measured.provision_id = goods.provision_id
    and measured.product_code = goods.product_code
inner join days_in_force
    on measured.action_id = days_in_force.action_id
    and measured.provision_id = days_in_force.provision_id
    and measured.period_start = days_in_force.period_start
    and measured.period_months = days_in_force.period_months
where measured.value_usd is not null and measured.total_value_usd is not null
