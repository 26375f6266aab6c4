-- Grain: one row a ten-digit tariff line × valid interval × known interval.

{#
    Advanced-technology and mineral lists have their own days of publication. A line's row is cut at those days, so that
    no row claims to have been known with an attribute nobody had published yet; before, the attribute is NULL.
#}

with lines as (

    select
        hts10,
        description,
        unit_1,
        valid_from,
        valid_to,
        known_from,
        known_to
    from {{ ref('int_product__on_both_clocks') }}

),

advanced_technology as (

    select
        hts10,
        advanced_technology_code is not null as is_advanced_technology,
        known_from,
        known_to
    from {{ ref('stg_census_import_concordance__products') }}

),

minerals as (

    select
        hts10,
        critical_mineral,
        known_from,
        known_to
    from {{ ref('int_product__critical_minerals') }}

),

cuts as (

    select known_from as cut_on from advanced_technology
    union
    select known_to as cut_on from advanced_technology
    union
    select known_from as cut_on from minerals
    union
    select known_to as cut_on from minerals

),

starts as (

    select
        lines.*,
        lines.known_from as piece_from
    from lines
    union all
    select
        lines.*,
        cuts.cut_on as piece_from
    from lines
    inner join cuts on lines.known_from < cuts.cut_on and lines.known_to > cuts.cut_on

),

pieces as (

    select
        hts10,
        description,
        unit_1,
        valid_from,
        valid_to,
        piece_from as known_from,
        lead(piece_from, 1, known_to) over (
            partition by hts10, valid_from, valid_to, known_from order by piece_from
        ) as known_to
    from starts

),

attributed as (

    select
        pieces.hts10,
        pieces.description,
        pieces.unit_1,
        advanced_technology.is_advanced_technology,
        minerals.critical_mineral,
        pieces.valid_from,
        pieces.valid_to,
        pieces.known_from,
        pieces.known_to
    from pieces
    left join advanced_technology
        on pieces.hts10 = advanced_technology.hts10
        and pieces.known_from >= advanced_technology.known_from
        and pieces.known_from < advanced_technology.known_to
    left join minerals
        on pieces.hts10 = minerals.hts10
        and pieces.known_from >= minerals.known_from
        and pieces.known_from < minerals.known_to

)

{{ merged_known_runs(
    'attributed',
    ['hts10', 'description', 'unit_1', 'is_advanced_technology', 'critical_mineral', 'valid_from', 'valid_to']
) }}
