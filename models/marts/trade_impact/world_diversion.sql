-- Grain: one row a source × exporter × edition × product × importer × year, as known now.

{#
    Shares are of the exporter's exports of the product to the whole world: its own total where it reports (Comtrade),
    the sum of all destinations where every one is held by construction (BACI). Never of a sample. Rows are there for
    years whose whole is stated; a destination stated in one of two years is in both.
#}

with flows as (

    select
        source,
        exporter_code,
        hs_edition,
        product_level,
        product_code,
        importer_code,
        period_start,
        case when reported_by = 'exporter' then export_value_fob_usd else trade_value_fob_usd end as value_fob_usd
    from {{ ref('fct_world_trade_flow') }}
    where
        reported_by in ('exporter', 'reconciled')
        and product_level in ('HS2', 'HS6')
        and period_months = 12
        and known_to = {{ open_end() }}

),

-- BACI states six digits alone; a reporter states its chapters itself.
with_chapters as (

    select *
    from flows
    union all
    select
        source,
        exporter_code,
        hs_edition,
        'HS2' as product_level,
        substr(product_code, 1, 2) as product_code,
        importer_code,
        period_start,
        sum(value_fob_usd) as value_fob_usd
    from flows
    where source = 'cepii_baci'
    group by source, exporter_code, hs_edition, substr(product_code, 1, 2), importer_code, period_start

),

stated as (

    select
        *,
        cast(extract(year from period_start) as integer) as in_year
    from with_chapters

),

exports as (

    select
        source,
        exporter_code,
        hs_edition,
        product_level,
        product_code,
        in_year,
        sum(value_fob_usd) as exports_fob_usd
    from stated
    where source = 'cepii_baci' or importer_code = 'ALL'
    group by source, exporter_code, hs_edition, product_level, product_code, in_year

),

-- Each figure once in its own year and once as the one before the next.
in_both_years as (

    select
        source,
        exporter_code,
        hs_edition,
        product_level,
        product_code,
        importer_code,
        in_year,
        value_fob_usd,
        cast(null as double) as previous_value_fob_usd
    from stated
    where importer_code <> 'ALL'
    union all
    select
        source,
        exporter_code,
        hs_edition,
        product_level,
        product_code,
        importer_code,
        in_year + 1 as in_year,
        cast(null as double) as value_fob_usd,
        value_fob_usd as previous_value_fob_usd
    from stated
    where importer_code <> 'ALL'

),

by_destination as (

    select
        source,
        exporter_code,
        hs_edition,
        product_level,
        product_code,
        importer_code,
        in_year,
        max(value_fob_usd) as value_fob_usd,
        max(previous_value_fob_usd) as previous_value_fob_usd
    from in_both_years
    group by source, exporter_code, hs_edition, product_level, product_code, importer_code, in_year

),

mirror as (

    select
        exporter_code,
        hs_edition,
        product_level,
        product_code,
        importer_code,
        period_start,
        import_value_cif_usd
    from {{ ref('fct_world_trade_flow') }}
    where
        reported_by = 'importer'
        and exporter_code <> 'ALL'
        and period_months = 12
        and known_to = {{ open_end() }}

),

shares as (

    select
        by_destination.source,
        by_destination.exporter_code,
        by_destination.hs_edition,
        by_destination.product_level,
        by_destination.product_code,
        by_destination.importer_code,
        cast(concat(cast(by_destination.in_year as string), '-01-01') as date) as period_start,
        by_destination.value_fob_usd,
        by_destination.previous_value_fob_usd,
        exports.exports_fob_usd,
        {{ ratio('by_destination.value_fob_usd', 'exports.exports_fob_usd') }} as destination_share,
        {{ ratio('by_destination.previous_value_fob_usd', 'earlier.exports_fob_usd') }} as previous_destination_share
    from by_destination
    inner join exports
        on by_destination.source = exports.source
        and by_destination.exporter_code = exports.exporter_code
        and by_destination.hs_edition = exports.hs_edition
        and by_destination.product_level = exports.product_level
        and by_destination.product_code = exports.product_code
        and by_destination.in_year = exports.in_year
    left join exports as earlier
        on by_destination.source = earlier.source
        and by_destination.exporter_code = earlier.exporter_code
        and by_destination.hs_edition = earlier.hs_edition
        and by_destination.product_level = earlier.product_level
        and by_destination.product_code = earlier.product_code
        and by_destination.in_year = earlier.in_year + 1

)

select
    shares.source,
    shares.exporter_code,
    shares.hs_edition,
    shares.product_level,
    shares.product_code,
    shares.importer_code,
    shares.period_start,
    12 as period_months,
    shares.value_fob_usd,
    shares.previous_value_fob_usd,
    shares.value_fob_usd - shares.previous_value_fob_usd as change_usd,
    shares.exports_fob_usd,
    shares.destination_share,
    shares.previous_destination_share,
    100 * (shares.destination_share - shares.previous_destination_share) as share_change_pp,
    mirror.import_value_cif_usd as mirror_import_value_cif_usd,
    {{ ratio('mirror.import_value_cif_usd', 'shares.value_fob_usd') }} as mirror_ratio
from shares
left join mirror
    on shares.source = 'un_comtrade'
    and shares.exporter_code = mirror.exporter_code
    and shares.hs_edition = mirror.hs_edition
    and shares.product_level = mirror.product_level
    and shares.product_code = mirror.product_code
    and shares.importer_code = mirror.importer_code
    and shares.period_start = mirror.period_start
