-- Grain: one row a ten-digit tariff line × valid interval × known interval.

with runs as (

    select
        hts10,
        description,
        unit_1,
        known_from as valid_from,
        known_from,
        known_to
    from {{ ref('int_product__described_lines') }}

)

{{ both_clocks('runs', ['hts10', 'description', 'unit_1']) }}
